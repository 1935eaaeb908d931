import { invalid } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';

/** Finds the original id of an item by its id, its title, or a part of its title that no other title contains. */
export function findItem({ itemIds, itemTitles = [] }: Catalogue, text: string | number): string | number {
  const wanted = String(text).trim().toLowerCase();
  const dense = Array.from(itemIds, String).indexOf(String(text).trim());
  if (dense >= 0) return itemIds[dense]!;
  const exact = itemTitles.findIndex((title) => title.toLowerCase() === wanted);
  if (exact >= 0) return itemIds[exact]!;
  const matches =
    wanted === '' ? [] : [...itemTitles.keys()].filter((item) => itemTitles[item]!.toLowerCase().includes(wanted));
  if (matches.length === 1) return itemIds[matches[0]!]!;
  const examples = matches.slice(0, 5).map((item) => `${itemTitles[item]} (id ${itemIds[item]})`);
  return invalid(
    'findItem',
    'an item id or a text that exactly one title contains',
    `"${text}", which ${matches.length === 0 ? 'no title contains' : `${matches.length} titles contain`}`,
    examples.length > 0 ? `Among them: ${examples.join('; ')}.` : 'Check the spelling.',
  );
}

/**
 * Creates a lookup from original ids to dense ids. `7` and `'7'` are the same id, since typed ids are text.
 *
 * @throws {RecsysError} the lookup throws `invalid-argument` for an unknown id
 */
export function createIdLookup(
  ids: ArrayLike<string | number>,
  kind: 'user' | 'item',
): (original: string | number) => number {
  let denseIds: Map<string, number> | undefined;
  return (original) => {
    denseIds ??= new Map(Array.from(ids, (id, dense) => [String(id), dense]));
    return (
      denseIds.get(String(original)) ??
      invalid(
        `recommend(${kind})`,
        kind === 'user' ? 'a user id of the catalogue' : 'an item id of the catalogue',
        original,
        'Ids are those of the source.',
      )
    );
  };
}
