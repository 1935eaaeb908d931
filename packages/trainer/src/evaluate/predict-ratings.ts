import type { Interactions } from '@footlight/datasets';
import * as tf from '@tensorflow/tfjs';
import { type ModelInput, toQueries } from '../recommend/model-input.js';
import type { Predictor } from '../recommend/predictor.js';
import { readTensor } from './read-tensor.js';
import type { EvaluateOptions, EvaluationBatch } from './types.js';

/** Predicts the ratings of all targets of a batch, one user after the other, in the scale of the source. */
export async function predictRatings(
  predictor: Predictor,
  { items }: Interactions,
  { targetRows }: EvaluationBatch,
  input: ModelInput,
  { link, ratingScale }: Pick<EvaluateOptions, 'link' | 'ratingScale'>,
): Promise<Float32Array> {
  const width = Math.max(...targetRows.map((rows) => rows.length));
  // short rows are padded with item 0, whose score is not read
  const candidates = new Int32Array(targetRows.length * width);
  for (const [user, rows] of targetRows.entries())
    for (const [k, row] of rows.entries()) candidates[user * width + k] = items[row]!;
  const scores = await readTensor(() => {
    const shape: [number, number] = [targetRows.length, width];
    const scored = predictor.scoreCandidates(toQueries(input), tf.tensor2d(candidates, shape, 'int32'));
    const flat = tf.reshape(scored, [targetRows.length * width]) as tf.Tensor1D;
    return link ? link(flat) : flat;
  });
  const predicted = targetRows.flatMap((rows, user) => Array.from(rows, (_, k) => scores[user * width + k]!));
  return Float32Array.from(ratingScale ? predicted.map(ratingScale.toSource) : predicted);
}
