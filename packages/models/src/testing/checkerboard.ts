import type { DataFacts } from '../types.js';

/** A world where even people like even items and odd people like odd ones. Sizes are prime and differ. */
export const sizes: DataFacts = { userCount: 5, itemCount: 7 };

export const likes = (user: number, item: number): boolean => user % 2 === item % 2;

/** What each person chose, oldest first: their colour, over and over. */
export function choicesOf(user: number, count: number): number[] {
  const own = Array.from({ length: sizes.itemCount }, (_, item) => item).filter((item) => likes(user, item));
  return Array.from({ length: count }, (_, step) => own[(step + user) % own.length]!);
}
