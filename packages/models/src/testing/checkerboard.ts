import type { DataSummary } from '../types.js';

/** The sizes of the checkerboard, in which even users like even items and odd users odd items: two different primes. */
export const sizes: DataSummary = { userCount: 5, itemCount: 7 };

/**
 * The sizes with features of all users and items but the last: their parity, which helps, and whether they are below 3,
 * which does not.
 */
export const featuredSizes: DataSummary = {
  ...sizes,
  userFeatures: createFeatures(5),
  itemFeatures: createFeatures(7),
};

function createFeatures(count: number): NonNullable<DataSummary['userFeatures']> {
  const known = Array.from({ length: count }, (_, id) => (id === count - 1 ? [] : [id % 2, ...(id < 3 ? [2] : [])]));
  const offsets = new Int32Array(count + 1);
  known.forEach((ids, id) => {
    offsets[id + 1] = offsets[id]! + ids.length;
  });
  return { names: ['parity=even', 'parity=odd', 'size=small'], offsets, ids: Int32Array.from(known.flat()) };
}

/** Whether a user likes an item of the checkerboard. */
export const likes = (user: number, item: number): boolean => user % 2 === item % 2;

/** Choices of a user, oldest first: the items of the user's parity in turn. */
export function listChoices(user: number, count: number): number[] {
  const own = Array.from({ length: sizes.itemCount }, (_, item) => item).filter((item) => likes(user, item));
  return Array.from({ length: count }, (_, step) => own[(step + user) % own.length]!);
}
