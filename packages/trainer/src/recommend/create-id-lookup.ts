import { invalid } from '@footlight/core';

/** Turns original ids into dense ids. */
export type IdLookup = ((original: string | number) => number) & {
  readonly has: (original: string | number) => boolean;
};

/**
 * Creates a lookup from original ids to dense ids. `7` and `'7'` are the same id, since typed ids are text.
 *
 * @throws {RecsysError} the lookup throws `invalid-argument` for an unknown id
 */
export function createIdLookup(ids: ArrayLike<string | number>, kind: 'user' | 'item'): IdLookup {
  let denseIds: Map<string, number> | undefined;
  const find = (original: string | number): number | undefined => {
    denseIds ??= new Map(Array.from(ids, (id, dense) => [String(id), dense]));
    return denseIds.get(String(original));
  };
  return Object.assign(
    (original: string | number) =>
      find(original) ??
      invalid(
        `recommend(${kind})`,
        kind === 'user' ? 'a user id of the catalogue' : 'an item id of the catalogue',
        original,
        'Ids are those of the source.',
      ),
    { has: (original: string | number) => find(original) !== undefined },
  );
}
