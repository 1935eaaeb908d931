import { tf } from '@footlight/engine';
import type { RatedHistory } from '../types.js';
import { addOuter, solveSymmetric } from './solve-symmetric.js';

/** The linear model of one user's scores: offset + row · x for each rated item. */
export interface RatedRows {
  /** A, `[rating, axis]`, row by row. */
  readonly rows: Float64Array;
  /** `[rating]`: the part of each score that is the same for all users. */
  readonly offsets: Float64Array;
  /** m, `[axis]`: mean of the trained users. */
  readonly mean: Float64Array;
  /** `[axis]`: variance of the trained users. */
  readonly variances: Float64Array;
}

/**
 * Fold-in of ratings: computes the parameters of an unknown user from ratings, by ridge regression toward the mean of
 * the trained users, with constant items.
 *
 * $$ \min_x \; \frac{1}{\varphi} \sum_j \ell(r_j, o_j + a_j \cdot x) + \tfrac12 \sum_d \frac{(x_d - m_d)^2}{\tau_d^2} $$
 * $$ \varphi = \nu \sigma^2 / g'(\bar s) $$
 *
 * where $a_j$ and $o_j$ are the row and the offset of the j-th rated item, $m_d$ and $\tau_d^2$ the mean and the
 * variance of the trained users along an axis, so that the penalty is the one that training led to; $\bar s$ is the
 * score of the mean training rating, $\sigma^2$ the variance of the training ratings, ν the share of it that is noise,
 * and ℓ the negative log-likelihood whose canonical link is g: squared error for the identity, Poisson for exp,
 * cross-entropy for the sigmoid. Solved by Newton's method, in one step for the identity.
 *
 * @shape rows `[rating, axis]` → `[axis]`
 * @source Koren, Bell, Volinsky, Computer 42(8), 2009 (the penalty as a normal prior); McCullagh and Nelder,
 *   Generalized Linear Models, 1989 (Newton's method, dispersion)
 */
export function foldInRatings(
  { rows, offsets, mean, variances }: RatedRows,
  { ratings, link, training }: Pick<RatedHistory, 'ratings' | 'link' | 'training'>,
  noise: number,
): Float64Array {
  const axes = mean.length;
  const x = mean.slice();
  const getRow = (at: number) => rows.subarray(at * axes, (at + 1) * axes);
  const dispersion =
    (noise * training.variance) / applyLink(link, Float64Array.of(training.score)).derivatives[0]! || 1;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const scores = offsets.map((offset, at) => offset + dot(getRow(at), x));
    const { values, derivatives } = applyLink(link, scores);
    const left = new Float64Array(axes * axes);
    const right = new Float64Array(axes);
    for (let d = 0; d < axes; d++) {
      const precision = 1 / Math.max(variances[d]!, 1e-12);
      left[d * axes + d] = precision;
      right[d] = precision * (mean[d]! - x[d]!);
    }
    for (let at = 0; at < ratings.length; at++) {
      const row = getRow(at);
      addOuter(left, row, derivatives[at]! / dispersion);
      for (let d = 0; d < axes; d++) right[d]! += (row[d]! * (ratings[at]! - values[at]!)) / dispersion;
    }
    const step = solveSymmetric(left, right);
    // a step that moves a score by more than `maxMove` is shortened, where the link is far from linear
    const move = Math.max(0, ...scores.map((_, at) => Math.abs(dot(getRow(at), step))));
    const share = isIdentity(scores, values) ? 1 : Math.min(1, maxMove / move);
    for (let d = 0; d < axes; d++) x[d]! += share * step[d]!;
    if (move < 1e-6) break;
  }
  return x;
}

const maxIterations = 100;
const maxMove = 2;

type Link = RatedHistory['link'];

const isIdentity = (scores: Float64Array, values: Float32Array) =>
  scores.every((score, at) => Math.fround(score) === values[at]);

/** Values of the link and its derivatives, by central differences. */
function applyLink(
  link: Link,
  scores: Float64Array,
): { readonly values: Float32Array; readonly derivatives: Float64Array } {
  const width = 1e-2;
  const values = evaluateLink(link, scores);
  const above = evaluateLink(
    link,
    scores.map((score) => score + width),
  );
  const below = evaluateLink(
    link,
    scores.map((score) => score - width),
  );
  const derivatives = Float64Array.from(above, (value, at) => Math.max((value - below[at]!) / (2 * width), 1e-6));
  return { values, derivatives };
}

function evaluateLink(link: Link, scores: ArrayLike<number>): Float32Array {
  const result = tf.tidy(() => link(tf.tensor1d(Float32Array.from(scores))));
  const values = result.dataSync().slice() as Float32Array;
  result.dispose();
  return values;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < one.length; d++) sum += one[d]! * other[d]!;
  return sum;
}
