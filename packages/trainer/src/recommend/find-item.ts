import { invalid } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';

/** Finds the original id of an item by its id, its title, or a part of its title that no other title contains. */
export function findItem({ itemIds, itemTitles = [] }: Catalogue, text: string | number): string | number {
  const trimmed = String(text).trim();
  if (trimmed === '') return fail(text, 'which is empty', 'Name an item.');
  const exactId = Array.from(itemIds, String).indexOf(trimmed);
  if (exactId >= 0) return itemIds[exactId]!;
  const wanted = toComparable(trimmed);
  const list = (matches: (candidate: string) => boolean) =>
    [...itemTitles.keys()].filter((item) => itemTitles[item] !== '' && matches(toComparable(itemTitles[item]!)));
  const named = list((title) => title === wanted);
  const found = named.length > 0 ? named : findIds(itemIds, wanted);
  const matches = found.length > 0 ? found : list((title) => title.includes(wanted));
  if (matches.length === 1) return itemIds[matches[0]!]!;
  if (matches.length === 0) return fail(text, 'which no title contains', 'Check the spelling.');
  const examples = matches.slice(0, 5).map((item) => `${itemTitles[item] ?? ''} (id ${itemIds[item]})`.trim());
  const among = `${examples.length < matches.length ? 'Among them' : 'Choose one by its id'}: ${examples.join('; ')}.`;
  if (named.length > 0) return fail(text, `which is the title of ${named.length} items`, among);
  return fail(text, `which ${matches.length} ${found.length > 0 ? 'ids are' : 'titles contain'}`, among);
}

/** Ids that are written alike, with accents composed or not; the exact id was looked for before. */
function findIds(ids: ArrayLike<string | number>, wanted: string): number[] {
  return Array.from(ids, (id, dense) => (toComparable(String(id)) === wanted ? dense : -1)).filter(
    (dense) => dense >= 0,
  );
}

/** A text without what does not tell titles apart: case, and whether accents are composed (NFC) or not (NFD). */
const toComparable = (text: string): string => text.trim().normalize('NFC').toLowerCase();

function fail(text: string | number, received: string, hint: string): never {
  return invalid('findItem', 'an item id or a text that exactly one title contains', `"${text}", ${received}`, hint);
}
