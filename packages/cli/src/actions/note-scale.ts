import type { Recommender } from '@footlight/trainer';
import type { Context } from '../context.js';

/** Notes on the error output that predicted ratings lie outside of the scale. */
export function noteScale(
  recommender: Pick<Recommender, 'ratingRange'>,
  ratings: readonly number[],
  context: Pick<Context, 'err'>,
): void {
  const outside = ratings.filter((rating) => isOutside(rating, recommender.ratingRange)).length;
  noteOutside(recommender, outside, ratings.length, context);
}

/** Whether a rating lies outside of a range, in the precision in which ratings are stored. */
export function isOutside(rating: number, [low, high]: Recommender['ratingRange'] = [-Infinity, Infinity]): boolean {
  return Math.fround(rating) < Math.fround(low) || Math.fround(rating) > Math.fround(high);
}

/** Notes how many of the predictions lie outside of the scale; nothing if none does. */
export function noteOutside(
  { ratingRange }: Pick<Recommender, 'ratingRange'>,
  outside: number,
  total: number,
  { err }: Pick<Context, 'err'>,
): void {
  if (!ratingRange || outside === 0) return;
  const [low, high] = ratingRange.map((rating) => Number(rating.toFixed(4)));
  const which = total === 1 ? 'This prediction lies' : `${outside} of ${total} predictions lie`;
  err.write(`${which} outside of the scale ${low} to ${high}; --clip limits ${total === 1 ? 'it' : 'them'}.\n`);
}
