import { tf } from '@footlight/engine';
import type { Histories, RatedHistory } from '../types.js';
import { computeRidge, countItems, foldInChoices } from './fold-in-choices.js';
import { foldInRatings } from './fold-in-ratings.js';
import type { FoldInOptions } from './options.js';

/** Vectors and offsets of all users or all items. */
export interface BilinearSide {
  /** `[entity, dim]` */
  readonly vectors: tf.Tensor2D;
  /** `[entity]` or `[entity, 1]`; absent if the model has none. */
  readonly offsets?: tf.Tensor | undefined;
}

/** A model with scores $p_u \cdot q_i + b_u + b_i + \mu$. */
export interface BilinearModel {
  users(): BilinearSide;
  items(): BilinearSide;
  /** The users whose mean and variance fold-in reads. Default: all users. */
  readonly trainedUsers?: Int32Array | undefined;
  /** μ, `[1]`; absent if the model has none. */
  readonly mean?: tf.Tensor | undefined;
  /** Scores the catalogue for one user. @shape vector `[1, dim]`, offset $b_u + \mu$ → `[1, item]` */
  score(vector: tf.Tensor2D, offset: number): tf.Tensor2D;
  /** Whether a rating is linear in the parameters of a user, so that ratings can be folded in. */
  readonly rates: boolean;
}

/**
 * Fold-in for a bilinear model.
 *
 * Choices give the direction of the user's vector (`foldInChoices`); its length is that of trained users, and it is
 * shrunk toward their mean. Without the length, the biases of the items, which ranking losses make large, would decide
 * nearly alone; without the mean, a short history would be taken for a whole taste.
 *
 * $$ x = w \, \bar{\ell} \, \frac{\hat x}{\|\hat x\|} + (1 - w) \, \bar p, \quad w = \frac{n}{n + \kappa} $$
 *
 * where $\hat x$ is the least-squares solution, n the number of different items in the history, $\bar p$ the mean and
 * $\bar\ell$ the root mean square length of the vectors of the trained users. Ratings give vector and bias by
 * `foldInRatings`, with the mean of the users along each axis and one variance for all axes of the vectors.
 *
 * @source ours
 */
export function createBilinearHistories(model: BilinearModel, options: Required<FoldInOptions>): Histories {
  return {
    score: (items) =>
      tf.tidy(() => model.score(tf.tensor2d([[...computeTaste(model, items, options)]]), readMean(model))),
    ...(model.rates && { scoreRated: (history) => tf.tidy(() => scoreRated(model, history, options)) }),
  };
}

function computeTaste(model: BilinearModel, history: Int32Array, options: Required<FoldInOptions>): Float64Array {
  const { vectors } = model.items(); // [item, dim]
  const gram = tf.matMul(vectors, vectors, true, false); // [dim, dim]
  const dim = vectors.shape[1];
  const items = { dim, vectors: vectors.dataSync() as Float32Array, gram: gram.dataSync() as Float32Array };
  const { confidence, regularization, shrinkage } = options;
  const direction = foldInChoices(items, history, { confidence, ridge: computeRidge(items, regularization) });
  const norm = Math.hypot(...direction);
  const users = summarizeRows(readTrainedUsers(model).vectors);
  const count = countItems(history, vectors.shape[0]).size;
  const weight = norm === 0 ? 0 : count / (count + shrinkage);
  return direction.map((value, d) => {
    const taste = norm === 0 ? 0 : (users.length * value) / norm;
    return weight * taste + (1 - weight) * users.mean[d]!;
  });
}

function scoreRated(model: BilinearModel, history: RatedHistory, { noise }: Required<FoldInOptions>): tf.Tensor2D {
  const items = model.items();
  const users = readTrainedUsers(model);
  const [itemCount, dim] = items.vectors.shape;
  countItems(history.items, itemCount); // refuses unknown items
  const mean = readMean(model);
  const hasBias = users.offsets !== undefined;
  const axes = dim + (hasBias ? 1 : 0);
  const vectors = items.vectors.dataSync();
  const itemOffsets = items.offsets?.dataSync();
  const rows = new Float64Array(history.items.length * axes).fill(1);
  for (const [at, item] of history.items.entries()) rows.set(vectors.subarray(item * dim, (item + 1) * dim), at * axes);
  const taste = summarizeRows(users.vectors);
  const bias = users.offsets && summarizeRows(tf.reshape(users.offsets, [-1, 1]));
  const x = foldInRatings(
    {
      rows,
      offsets: Float64Array.from(history.items, (item) => mean + (itemOffsets?.[item] ?? 0)),
      mean: Float64Array.of(...taste.mean, ...(bias?.mean ?? [])),
      variances: new Float64Array(axes).fill(taste.variance, 0, dim).fill(bias?.variance ?? 0, dim),
    },
    history,
    noise,
  );
  return model.score(tf.tensor2d([...x.subarray(0, dim)], [1, dim]), mean + (hasBias ? x[dim]! : 0));
}

/** Users without training interactions still have their first vectors, which say nothing about other users. */
function readTrainedUsers({ users, trainedUsers }: BilinearModel): BilinearSide {
  const { vectors, offsets } = users();
  if (!trainedUsers) return { vectors, offsets };
  const rows = tf.tensor1d(trainedUsers, 'int32');
  return { vectors: tf.gather(vectors, rows), offsets: offsets && tf.gather(offsets, rows) };
}

const readMean = ({ mean }: BilinearModel): number => mean?.dataSync()[0] ?? 0;

/** Summary of the rows of a table `[row, dim]`. */
interface RowSummary {
  /** `[dim]` */
  readonly mean: Float32Array;
  /** Root mean square of the lengths. */
  readonly length: number;
  /** Mean of the variances along all axes. */
  readonly variance: number;
}

function summarizeRows(table: tf.Tensor2D): RowSummary {
  const mean = tf.mean(table, 0); // [dim]
  return {
    mean: mean.dataSync() as Float32Array,
    length: Math.sqrt(tf.mean(tf.sum(tf.square(table), 1)).dataSync()[0]!),
    variance: tf.mean(tf.square(tf.sub(table, mean))).dataSync()[0]!,
  };
}
