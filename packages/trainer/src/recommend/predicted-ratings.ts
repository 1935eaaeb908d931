import { invalid } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { compute } from './score-history.js';
import type { PredictedRatings } from './types.js';

/** Converts scores to ratings of the source. */
export type RatingConverter = (scores: ArrayLike<number>) => number[];

/** Lowest and highest rating of the source: the scale of the model, else those of the known interactions. */
export function findRatingRange(
  { ratings }: Interactions,
  { scale }: PredictedRatings,
): readonly [low: number, high: number] | undefined {
  const from = scale?.protocol['from'];
  if (Array.isArray(from)) return [Number(from[0]), Number(from[1])];
  if (!ratings?.length) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const rating of ratings) {
    if (rating < low) low = rating;
    if (rating > high) high = rating;
  }
  return [low, high];
}

/**
 * Creates the function that converts scores to ratings of the source.
 *
 * @throws {RecsysError} `invalid-argument` if the model does not predict ratings, or if their scale is needed but
 *   unknown
 */
export function createRatingConverter(
  where: string,
  predicted: PredictedRatings | undefined,
  range: readonly [low: number, high: number] | undefined,
  clip: boolean,
): RatingConverter {
  if (!predicted)
    return invalid(
      where,
      'a model that predicts ratings',
      'one that ranks items',
      'Train with squaredLoss(), or call recommend().',
    );
  if (clip && !range) invalid(where, 'known ratings, whose scale predictions are limited to', 'none');
  const { loss, scale } = predicted;
  return (scores) => {
    if (scores.length === 0) return [];
    const linked = loss ? compute(() => loss.link(tf.tensor1d(Float32Array.from(scores)))) : scores;
    return Array.from(linked, (value) => {
      const rating = scale ? scale.toSource(value) : value;
      return clip && range ? Math.min(range[1], Math.max(range[0], rating)) : rating;
    });
  };
}
