import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { type Collector, collector } from '../gradients.js';
import { readValues, visibleValues } from '../memory.js';
import { lookup } from './lookup.js';
import { rowIds } from './row-ids.js';

/**
 * Scores the candidates of each query by the scalar product of their rows with the query's vector.
 *
 * $$ s_{qc} = \sum_d v_{qd} \, W_{\text{candidates}_{qc} d} $$
 *
 * With a bias, its rows are added. Where the backend's memory is visible, rows are read where they lie and `[query, candidate, dim]` is never made.
 *
 * @example
 * scoreCandidates(tf.tensor2d([[1, 2]]), table, tf.tensor2d([[3, 0]], [1, 2], 'int32')) // scores of items 3 and 0
 * @shape vectors `[query, dim]`, table `[item, dim]`, candidates `[query, candidate]` int32, bias `[item, 1]` → `[query, candidate]`
 * @throws {RecsysError} `invalid-argument` if a candidate is not a row of the table, or shapes disagree
 */
export function scoreCandidates(vectors: tf.Tensor2D, table: tf.Variable, candidates: tf.Tensor2D, bias?: tf.Variable): tf.Tensor2D {
  const { query, dim } = assertShape('scoreCandidates(vectors)', vectors, ['query', 'dim']);
  const { item } = assertShape('scoreCandidates(table)', table, ['item', 'dim'], { dim });
  assertShape('scoreCandidates(candidates)', candidates, ['query', 'candidate'], { query });
  const ids = rowIds('scoreCandidates(candidates)', candidates, item);
  const scores =
    collector && visibleValues(table) ? fused(collector, vectors, table, candidates.shape[1], ids) : definition(vectors, table, candidates);
  return bias ? tf.add(scores, tf.squeeze(lookup(bias, candidates), [2])) : scores;
}

/** One pass over the candidates forwards and two backwards, on memory that is visible. */
function fused({ token, add }: Collector, vectors: tf.Tensor2D, table: tf.Variable, count: number, ids: Int32Array): tf.Tensor2D {
  const [query, dim] = vectors.shape;
  const op = tf.customGrad(((v: tf.Tensor2D, _token: tf.Scalar, save: tf.GradSaveFunc) => {
    save([v]);
    const value = tf.tensor2d(products(readValues(v), visibleValues(table)!, ids, query, count, dim), [query, count]);
    const gradFunc = (dy: tf.Tensor2D, [saved]: tf.Tensor[]) => {
      const slopes = readValues(dy);
      add(table, ids, rowGradients(slopes, readValues(saved!), query, count, dim));
      return [tf.tensor2d(vectorGradients(slopes, visibleValues(table)!, ids, query, count, dim), [query, dim]), tf.scalar(0)];
    };
    return { value, gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return op(vectors, token) as tf.Tensor2D;
}

function definition(vectors: tf.Tensor2D, table: tf.Variable, candidates: tf.Tensor2D): tf.Tensor2D {
  const rows = lookup(table, candidates); // [query, candidate, dim]
  return tf.sum(tf.mul(rows, tf.expandDims(vectors, 1)), 2);
}

function products(v: Float32Array, table: Float32Array, ids: Int32Array, query: number, count: number, dim: number): Float32Array {
  const scores = new Float32Array(query * count);
  for (let q = 0; q < query; q++)
    for (let c = q * count; c < (q + 1) * count; c++) {
      const row = ids[c]! * dim;
      const own = q * dim;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += v[own + d]! * table[row + d]!;
      scores[c] = sum;
    }
  return scores;
}

/** ∂s/∂W of each candidate's row: slope × vector. */
function rowGradients(slopes: Float32Array, v: Float32Array, query: number, count: number, dim: number): Float32Array {
  const rows = new Float32Array(query * count * dim);
  for (let q = 0; q < query; q++)
    for (let c = q * count; c < (q + 1) * count; c++) for (let d = 0; d < dim; d++) rows[c * dim + d] = slopes[c]! * v[q * dim + d]!;
  return rows;
}

/** ∂s/∂v: the candidates' rows, weighted by their slopes. */
function vectorGradients(
  slopes: Float32Array,
  table: Float32Array,
  ids: Int32Array,
  query: number,
  count: number,
  dim: number,
): Float32Array {
  const gradient = new Float32Array(query * dim);
  for (let q = 0; q < query; q++)
    for (let c = q * count; c < (q + 1) * count; c++)
      for (let d = 0; d < dim; d++) gradient[q * dim + d]! += slopes[c]! * table[ids[c]! * dim + d]!;
  return gradient;
}
