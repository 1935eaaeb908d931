import type { DataSummary } from '../types.js';

/** A world where even people like even items and odd people like odd ones. Sizes are prime and differ. */
export const sizes: DataSummary = { userCount: 5, itemCount: 7 };

/** The same, and something is known of everybody but the last: whether they are even, which helps, or below 3, which does not. */
export const featuredSizes: DataSummary = { ...sizes, userFeatures: featuresOf(5), itemFeatures: featuresOf(7) };

function featuresOf(count: number): NonNullable<DataSummary['userFeatures']> {
  const known = Array.from({ length: count }, (_, id) => (id === count - 1 ? [] : [id % 2, ...(id < 3 ? [2] : [])]));
  const offsets = new Int32Array(count + 1);
  known.forEach((ids, id) => {
    offsets[id + 1] = offsets[id]! + ids.length;
  });
  return { names: ['parity=even', 'parity=odd', 'size=small'], offsets, ids: Int32Array.from(known.flat()) };
}

export const likes = (user: number, item: number): boolean => user % 2 === item % 2;

/** What each person chose, oldest first: their colour, over and over. */
export function listChoices(user: number, count: number): number[] {
  const own = Array.from({ length: sizes.itemCount }, (_, item) => item).filter((item) => likes(user, item));
  return Array.from({ length: count }, (_, step) => own[(step + user) % own.length]!);
}
