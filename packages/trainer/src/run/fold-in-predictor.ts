import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { createHistoryReader } from '../recommend/create-history-reader.js';
import type { Predictor } from '../recommend/predictor.js';
import { createHistoryScorer } from '../recommend/score-history.js';
import type { Experiment } from '../types.js';
import { describePredictedRatings } from './describe-predicted-ratings.js';

/**
 * Creates the predictor that scores users by their histories, one after the other, as `recommend({ history })` does.
 *
 * @param train the interactions that the model was trained on, in the scale of the source
 */
export function createFoldInPredictor(
  predictor: Predictor,
  history: Interactions,
  experiment: Experiment,
  train: Interactions,
): Predictor {
  const { parameters, histories } = predictor;
  const { itemCount } = train.catalogue;
  const scoreHistory = createHistoryScorer(predictor, train, describePredictedRatings(experiment));
  const readHistory = createHistoryReader(history, experiment.loss?.kind === 'rating');
  const score: Predictor['score'] = ({ users }) => {
    const ids = users.dataSync();
    const scores = new Float32Array(ids.length * itemCount);
    ids.forEach((user, row) => void scores.set(scoreHistory(readHistory(user)), row * itemCount));
    return tf.tensor2d(scores, [ids.length, itemCount]);
  };
  return {
    reads: 'user',
    parameters,
    histories,
    score,
    scoreCandidates: (queries, candidates) => tf.tidy(() => tf.gather(score(queries), candidates, 1, 1) as tf.Tensor2D),
  };
}
