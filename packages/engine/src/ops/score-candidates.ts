import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import { readRowIds } from '../sparse-rows.js';
import { type Collector, collector } from '../value-and-gradients.js';
import { lookup } from './lookup.js';
import {
  computeRowAndBiasGradients,
  computeRowGradient,
  createEvenOffsets,
  kernelsInUse,
  sumRows,
} from './row-sums.js';

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
export function scoreCandidates(
  vectors: tf.Tensor2D,
  table: tf.Variable,
  candidates: tf.Tensor2D,
  bias?: tf.Variable,
): tf.Tensor2D {
  const { query, dim } = assertShape('scoreCandidates(vectors)', vectors, ['query', 'dim']);
  const { item } = assertShape('scoreCandidates(table)', table, ['item', 'dim'], { dim });
  assertShape('scoreCandidates(candidates)', candidates, ['query', 'candidate'], { query });
  const ids = readRowIds('scoreCandidates(candidates)', candidates, item);
  if (bias) assertShape('scoreCandidates(bias)', bias, ['item', '1'], { item, 1: 1 });
  if (collector && viewValues(table)) return fused(collector, vectors, table, candidates.shape[1], ids, bias);
  return definition(vectors, table, candidates, bias);
}

/** One pass over the candidates forwards and two backwards, on memory that is visible. */
function fused(
  { token, add }: Collector,
  vectors: tf.Tensor2D,
  table: tf.Variable,
  count: number,
  ids: Int32Array,
  bias: tf.Variable | undefined,
): tf.Tensor2D {
  const [query, dim] = vectors.shape;
  const offsets = createEvenOffsets(query, count);
  const op = tf.customGrad(((v: tf.Tensor2D, _token: tf.Scalar, save: tf.GradSaveFunc) => {
    save([v]);
    const scores = products(readValues(v), viewValues(table)!, bias && viewValues(bias), ids, query, count, dim);
    const gradFunc = (dy: tf.Tensor2D, [saved]: tf.Tensor[]) => {
      const bags = { offsets, ids, weights: readValues(dy) }; // slopes of each query's candidates
      const [rows, own] = bias
        ? computeRowAndBiasGradients(readValues(saved!), dim, bags, table.shape[0])
        : [computeRowGradient(readValues(saved!), dim, bags, table.shape[0])];
      add(table, rows.ids, rows.values);
      if (bias && own) add(bias, own.ids, own.values);
      return [toTensor(sumRows(viewValues(table)!, dim, bags, allocate(query * dim)), [query, dim]), tf.scalar(0)];
    };
    return { value: toTensor(scores, [query, count]), gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return op(vectors, token) as tf.Tensor2D;
}

function definition(
  vectors: tf.Tensor2D,
  table: tf.Variable,
  candidates: tf.Tensor2D,
  bias: tf.Variable | undefined,
): tf.Tensor2D {
  const rows = lookup(table, candidates); // [query, candidate, dim]
  const scores = tf.sum(tf.mul(rows, tf.expandDims(vectors, 1)), 2) as tf.Tensor2D;
  return bias ? tf.add(scores, tf.squeeze(lookup(bias, candidates), [2])) : scores;
}

function products(
  v: Float32Array,
  table: Float32Array,
  bias: Float32Array | undefined,
  ids: Int32Array,
  query: number,
  count: number,
  dim: number,
): Float32Array {
  const scores = allocate(query * count);
  const kernels = kernelsInUse();
  if (kernels) {
    kernels.scoreRows(v, table, bias, dim, ids, scores);
    return scores;
  }
  for (let q = 0; q < query; q++)
    for (let c = q * count; c < (q + 1) * count; c++) {
      const row = ids[c]! * dim;
      const own = q * dim;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += v[own + d]! * table[row + d]!;
      scores[c] = sum + (bias ? bias[ids[c]!]! : 0);
    }
  return scores;
}
