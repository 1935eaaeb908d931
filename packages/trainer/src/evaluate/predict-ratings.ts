import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { toModelInput, toQueries } from '../recommend/model-input.js';
import type { Predictor } from '../recommend/predictor.js';
import { readTensor } from './read-tensor.js';
import type { EvaluateOptions, EvaluationBatch } from './types.js';

/** Most candidates, padding included, that are scored at once. */
const MOST_CANDIDATES = 2 ** 16;

/**
 * Predicts the ratings of all targets of a batch, one user after the other, in the scale of the source.
 *
 * Users are scored together with others that have about as many targets, so that memory grows with the number of
 * targets, not with users × the most targets of one user.
 */
export async function predictRatings(
  predictor: Predictor,
  { items }: Interactions,
  { targetRows, users, histories }: EvaluationBatch,
  { link, ratingScale }: Pick<EvaluateOptions, 'link' | 'ratingScale'>,
): Promise<Float32Array> {
  const predicted = targetRows.map((rows) => new Float32Array(rows.length));
  for (const { members, width } of groupByWidth(targetRows)) {
    // short rows are padded with item 0, whose score is not read
    const candidates = new Int32Array(members.length * width);
    for (const [at, user] of members.entries())
      for (const [k, row] of targetRows[user]!.entries()) candidates[at * width + k] = items[row]!;
    const own = members.map((user) => histories[user]!);
    const input = toModelInput(
      own,
      predictor.reads,
      Int32Array.from(members, (user) => users[user]!),
    );
    const scores = await readTensor(() => {
      const shape: [number, number] = [members.length, width];
      const scored = predictor.scoreCandidates(toQueries(input), tf.tensor2d(candidates, shape, 'int32'));
      const flat = tf.reshape(scored, [members.length * width]) as tf.Tensor1D;
      return link ? link(flat) : flat;
    });
    for (const [at, user] of members.entries()) {
      const ratings = predicted[user]!;
      for (let k = 0; k < ratings.length; k++) {
        const score = scores[at * width + k]!;
        ratings[k] = ratingScale ? ratingScale.toSource(score) : score;
      }
    }
  }
  return Float32Array.from(predicted.flatMap((ratings) => [...ratings]));
}

/** Groups users whose rows are at most twice as many as those of the others, in the order of their rows. */
function groupByWidth(targetRows: EvaluationBatch['targetRows']): { members: number[]; width: number }[] {
  const count = (user: number) => targetRows[user]!.length;
  const groups: { members: number[]; width: number }[] = [];
  for (const user of [...targetRows.keys()].sort((a, b) => count(b) - count(a) || a - b)) {
    const group = groups.at(-1);
    const fits = group && count(user) * 2 >= group.width && (group.members.length + 1) * group.width <= MOST_CANDIDATES;
    if (fits) group.members.push(user);
    else groups.push({ members: [user], width: count(user) });
  }
  return groups;
}
