import { invalid } from '@footlight/core';
import type { Interactions, RatingScale } from './types.js';

export interface RatingScaleOptions {
  /** Lowest and highest rating in the scale of the source. */
  readonly from: readonly [low: number, high: number];
  /** Lowest and highest rating in the scale of the model. Default `[0, 1]`. */
  readonly to?: readonly [low: number, high: number];
}

/**
 * Min-max scaling of ratings: a model learns ratings in another scale, and its predictions are converted back.
 *
 * $$ r' = c + (r - a) \frac{d - c}{b - a} $$
 *
 * @throws {RecsysError} `invalid-argument` for a scale whose ends are not ascending; from `apply`, without ratings or
 *   for one outside `from`
 * @example
 * ratingScale({ from: [1, 5] }) // (r − 1) / 4
 * @source ours
 */
export function ratingScale({ from, to = [0, 1] }: RatingScaleOptions): RatingScale {
  const [low, high] = assertScale('from', from);
  const [bottom, top] = assertScale('to', to);
  const toModel = (rating: number) => bottom + ((rating - low) * (top - bottom)) / (high - low);
  return {
    name: `${bottom}..${top}`,
    protocol: { name: 'rating-scale', from: [low, high], to: [bottom, top] },
    toModel,
    toSource: (value) => low + ((value - bottom) * (high - low)) / (top - bottom),
    apply(interactions) {
      const ratings = assertRatings(interactions);
      const [least, most] = [Math.fround(low), Math.fround(high)]; // as ratings are stored
      const outside = ratings.find((rating) => !(rating >= least && rating <= most));
      if (outside !== undefined)
        invalid(
          'ratingScale',
          `ratings from ${low} to ${high}`,
          Number(outside.toPrecision(7)),
          'Set `from` to the scale of the source.',
        );
      const convert = (rating: number) => (rating === least ? bottom : rating === most ? top : toModel(rating));
      return { ...interactions, ratings: ratings.map(convert) };
    },
  };
}

function assertRatings({ ratings }: Interactions): Float32Array {
  return ratings ?? invalid('ratingScale', 'interactions with ratings', 'none', 'Name the rating column.');
}

function assertScale(option: string, [low, high]: readonly [number, number]): readonly [number, number] {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    invalid(`ratingScale(${option})`, 'a low number and a higher one', `${describe(low)} and ${describe(high)}`);
  return [low, high];
}

/** Tells the text '3' from the number 3. */
function describe(value: unknown): string {
  return typeof value === 'string' ? `the text '${value}'` : String(value);
}
