import { invalid } from '@footlight/core';
import type { Filter } from '../types.js';

export interface RatingScaleOptions {
  /** Lowest and highest rating of the source. */
  readonly from: readonly [low: number, high: number];
  /** What they become. Default `[0, 1]`. */
  readonly to?: readonly [low: number, high: number];
}

/**
 * Moves ratings linearly from one scale to another. Models, losses and rating metrics then speak the new scale.
 *
 * $$ r' = c + (r - a) \frac{d - c}{b - a} $$
 *
 * @throws {RecsysError} `invalid-argument` if there are no ratings, or one lies outside its scale
 * @example
 * ratingScale({ from: [1, 5] }) // (r − 1) / 4
 * @source ours
 */
export function ratingScale({ from, to = [0, 1] }: RatingScaleOptions): Filter {
  const [low, high] = assertScale('from', from);
  const [bottom, top] = assertScale('to', to);
  return {
    name: `rating-scale(${low} to ${high} as ${bottom} to ${top})`,
    protocol: { name: 'rating-scale', from: [low, high], to: [bottom, top] },
    apply(interactions) {
      const { ratings = invalid('ratingScale', 'interactions with ratings', 'none', 'Name the rating column.') } = interactions;
      const outside = ratings.find((rating) => !(rating >= low && rating <= high));
      if (outside !== undefined) invalid('ratingScale', `ratings from ${low} to ${high}`, outside, "Give the source's own scale.");
      return { ...interactions, ratings: ratings.map((rating) => bottom + ((rating - low) * (top - bottom)) / (high - low)) };
    },
  };
}

function assertScale(option: string, [low, high]: readonly [number, number]): readonly [number, number] {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    invalid(`ratingScale(${option})`, 'a low number and a higher one', `${low} and ${high}`);
  return [low, high];
}
