import { invalid } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import type { RatedHistory } from '@footlight/models';
import { findScore } from './find-score.js';
import type { Predictor } from './predictor.js';
import type { PredictedRatings } from './types.js';

/** A history in dense ids, with ratings in the scale of the source. */
export interface DenseHistory {
  readonly items: Int32Array;
  readonly ratings?: readonly number[] | undefined;
}

/**
 * Creates the function that scores the catalogue for a user whom the model was not trained on, `[item]`.
 *
 * @throws {RecsysError} the function throws `invalid-argument` if the model cannot read such a history
 */
export function createHistoryScorer(
  { reads, histories }: Pick<Predictor, 'reads' | 'histories'>,
  known: Interactions,
  predicted: PredictedRatings | undefined,
): (history: DenseHistory) => Float32Array {
  let training: RatedHistory['training'] | undefined;
  return ({ items, ratings }) => {
    if (histories.refusal !== undefined) return refuse(`a user of the training data, since ${histories.refusal}`);
    const loss = reads === 'user' ? predicted?.loss : undefined;
    if (!loss) {
      if (ratings !== undefined)
        invalid('recommend(ratings)', 'no ratings, since this model reads only which items were chosen', 'some');
      return compute(() => histories.score(items));
    }
    const scoreRated = histories.scoreRated;
    if (!scoreRated)
      return refuse(
        'a user of the training data, since this model folds in which items were chosen, not their ratings',
      );
    const link = (scores: tf.Tensor1D) => loss.link(scores);
    training ??= summarizeRatings(known, predicted, link);
    const history = { items, ratings: checkRatings(items, ratings, predicted), training, link };
    return compute(() => scoreRated(history));
  };
}

function refuse(expected: string): never {
  return invalid('recommend(history)', expected, 'a history', 'Name a user of the training data instead.');
}

/** The ratings of a history in the scale of training. */
function checkRatings(
  items: Int32Array,
  ratings: readonly number[] | undefined,
  predicted: PredictedRatings | undefined,
): Float32Array {
  const where = 'recommend(ratings)';
  if (ratings === undefined && items.length > 0)
    invalid(where, 'a rating of each item of the history, since this model learned from ratings', 'none');
  const given = ratings ?? [];
  if (given.length !== items.length) invalid(where, `${items.length} ratings, one per item`, given.length);
  const wrong = given.find((rating) => !Number.isFinite(rating));
  if (wrong !== undefined) invalid(where, 'finite numbers', wrong);
  return Float32Array.from(given, (rating) => predicted?.scale?.toModel(rating) ?? rating);
}

/** Mean and variance of the known ratings, in the scale of training. */
function summarizeRatings(
  { ratings }: Interactions,
  { scale }: PredictedRatings = {},
  link: RatedHistory['link'],
): RatedHistory['training'] {
  if (!ratings?.length)
    return invalid('recommend(history)', 'known interactions with ratings, to fold in ratings', 'none');
  let [sum, squares] = [0, 0];
  for (const rating of ratings) {
    const value = scale ? scale.toModel(rating) : rating;
    sum += value;
    squares += value * value;
  }
  const mean = sum / ratings.length;
  return { score: findScore(link, mean), variance: Math.max(0, squares / ratings.length - mean * mean) };
}

/** Computes a tensor now and reads its values. */
export function compute(create: () => tf.Tensor): Float32Array {
  const tensor = tf.tidy(create);
  const values = tensor.dataSync().slice() as Float32Array;
  tensor.dispose();
  return values;
}
