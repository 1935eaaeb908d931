import { assertShape } from '@footlight/core';
import type { ScoreRowsInputs } from '../kernels.js';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import { runKernel } from '../run-kernel.js';
import { createEvenOffsets, readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { type Collector, collector } from '../value-and-gradients.js';
import { lookup } from './lookup.js';
import { differentiateRowAndBiasSums, differentiateRowSums, sumRows } from './row-sums.js';

/**
 * Candidate scores: the scalar product of each query's vector with the rows of its candidates.
 *
 * $$ s_{qc} = \sum_d v_{qd} \, W_{\text{candidates}_{qc} d} $$
 *
 * With a bias, its rows are added. Where the backend exposes its memory, the rows are read in place, and `[query,
 * candidate, dim]` is never made.
 *
 * @example
 * scoreCandidates(tf.tensor2d([[1, 2]]), table, tf.tensor2d([[3, 0]], [1, 2], 'int32')) // scores of items 3 and 0
 * @shape vectors `[query, dim]`, table `[item, dim]`, candidates `[query, candidate]` int32, bias `[item, 1]` →
 *   `[query, candidate]`
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
  if (collector && viewValues(table)) return collectScores(collector, vectors, table, candidates.shape[1], ids, bias);
  return scoreCandidatesDefinition(vectors, table, candidates, bias);
}

/** Reads the rows in the memory of the table: one pass over the candidates forward and two backward. */
function collectScores(
  { token, add }: Collector,
  vectors: tf.Tensor2D,
  table: tf.Variable,
  count: number,
  ids: Int32Array,
  bias: tf.Variable | undefined,
): tf.Tensor2D {
  const [query, dim] = vectors.shape;
  const candidates = { offsets: createEvenOffsets(query, count), ids };
  const op = tf.customGrad(((v: tf.Tensor2D, _token: tf.Scalar, save: tf.GradSaveFunc) => {
    save([v]);
    const tables = { table: viewValues(table)!, bias: bias && viewValues(bias) };
    const out = allocate(query * count);
    const scores = runKernel('scoreRows', { vectors: readValues(v), ...tables, dim, candidates, out }, scoreRows);
    const gradFunc = (dy: tf.Tensor2D, [saved]: tf.Tensor[]) => {
      const bags = { ...candidates, weights: readValues(dy) }; // gradients of each query's scores
      const sums = { gradients: readValues(saved!), dim, bags, rowCount: table.shape[0]! };
      if (bias) {
        const [rows, biases] = differentiateRowAndBiasSums(sums);
        add(table, rows);
        add(bias, biases);
      } else add(table, differentiateRowSums(sums));
      const gradient = sumRows({ table: viewValues(table)!, dim, bags, out: allocate(query * dim) });
      return [toTensor(gradient, [query, dim]), tf.scalar(0)];
    };
    return { value: toTensor(scores, [query, count]), gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return op(vectors, token) as tf.Tensor2D;
}

function scoreRows({ vectors, table, bias, dim, candidates: { offsets, ids }, out }: ScoreRowsInputs): Float32Array {
  for (let query = 0; query + 1 < offsets.length; query++)
    for (let entry = offsets[query]!; entry < offsets[query + 1]!; entry++) {
      const row = ids[entry]! * dim;
      const own = query * dim;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += vectors[own + d]! * table[row + d]!;
      out[entry] = sum + (bias ? bias[ids[entry]!]! : 0);
    }
  return out;
}

function scoreCandidatesDefinition(
  vectors: tf.Tensor2D,
  table: tf.Variable,
  candidates: tf.Tensor2D,
  bias: tf.Variable | undefined,
): tf.Tensor2D {
  const rows = lookup(table, candidates); // [query, candidate, dim]
  const scores = tf.sum(tf.mul(rows, tf.expandDims(vectors, 1)), 2) as tf.Tensor2D;
  return bias ? tf.add(scores, tf.squeeze(lookup(bias, candidates), [2])) : scores;
}
