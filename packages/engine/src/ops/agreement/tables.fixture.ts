import type { Rng } from '@footlight/core';
import { drawInts, type Make } from '../../backends/kernels/agreement/agreement.fixture.js';
import { createSparseMatrix } from '../../sparse-matrix.js';
import type { WeightedRows } from '../../sparse-rows.js';
import { tf } from '../../tfjs/tfjs.js';
import { embeddingBag } from '../embedding-bag.js';
import { lookup } from '../lookup.js';
import { scoreCandidates } from '../score-candidates.js';
import { sparseDenseMatMul } from '../sparse-dense-mat-mul.js';
import { sparseSoftmaxLoss } from '../sparse-softmax-loss.js';
import { unfoldSteps } from '../unfold-steps.js';
import { differentiate, differentiateTables, drawNumbers, drawSize } from './helpers.fixture.js';

function drawBags(rng: Rng, rows: number, withWeights: boolean): WeightedRows {
  const counts = Array.from({ length: drawSize(rng) }, () => rng.integer(5));
  const offsets = Int32Array.from([0, ...counts]).map((_, at) =>
    counts.slice(0, at).reduce((sum, count) => sum + count, 0),
  );
  const ids = Int32Array.from({ length: offsets.at(-1)! }, () => rng.integer(rows));
  return { offsets, ids, ...(withWeights ? { weights: Float32Array.from(ids, () => rng.normal(0, 1)) } : {}) };
}

/** Operations on tables and logits. */
export const tableOperations: Record<string, Make> = {
  embeddingBag: (rng) => {
    const [rows, dim] = [rng.next() < 0.1 ? 5000 : drawSize(rng), drawSize(rng, 150)];
    const bags = drawBags(rng, rows, rng.next() < 0.5);
    return {
      given: [drawNumbers(rng, rows, dim)],
      compute: differentiateTables(1, ([table]) => embeddingBag(table!, bags)),
      tolerance: 1e-4,
    };
  },
  lookup: (rng) => {
    const [rows, dim] = [drawSize(rng), drawSize(rng, 150)];
    return {
      given: [drawNumbers(rng, rows, dim), drawInts(rng, [drawSize(rng), drawSize(rng)], rows)],
      compute: differentiateTables(1, ([table], [ids]) => lookup(table!, ids!)),
      tolerance: 1e-4,
    };
  },
  scoreCandidates: (rng) => {
    const [query, candidate, item, dim] = [drawSize(rng), drawSize(rng), drawSize(rng), drawSize(rng, 150)];
    const given = [
      drawNumbers(rng, item, dim),
      drawNumbers(rng, item, 1),
      drawNumbers(rng, query, dim),
      drawInts(rng, [query, candidate], item),
    ];
    const compute = differentiateTables(2, ([table, bias], [vectors, ids]) =>
      scoreCandidates(vectors as tf.Tensor2D, table!, ids as tf.Tensor2D, bias),
    );
    return { given, compute, tolerance: 2e-3 };
  },
  sparseDenseMatMul: (rng) => {
    const [columns, dim] = [rng.next() < 0.1 ? 5000 : drawSize(rng), drawSize(rng, 150)];
    const matrix = createSparseMatrix(drawBags(rng, columns, rng.next() < 0.5), columns);
    const transposed = rng.next() < 0.5;
    return {
      given: [drawNumbers(rng, transposed ? matrix.rowCount : columns, dim)],
      compute: differentiate(1, ([dense]) => sparseDenseMatMul(matrix, dense as tf.Tensor2D, { transposed })),
      tolerance: 1e-4,
    };
  },
  sparseSoftmaxLoss: (rng) => {
    const [query, item] = [drawSize(rng), drawSize(rng, 300)];
    const entries = drawSize(rng);
    const targets = {
      query: Int32Array.from({ length: entries }, () => rng.integer(query)).sort(),
      item: Int32Array.from({ length: entries }, () => rng.integer(item)),
    };
    const compute = differentiate(1, ([logits]) =>
      sparseSoftmaxLoss(logits as tf.Tensor2D, {
        query: tf.tensor1d(targets.query, 'int32'),
        item: tf.tensor1d(targets.item, 'int32'),
      }),
    );
    return { given: [drawNumbers(rng, query, item)], compute, tolerance: 1e-4 };
  },
  unfoldSteps: (rng) => {
    const [batch, time, dim, width] = [drawSize(rng), drawSize(rng, 20), drawSize(rng, 30), 1 + rng.integer(4)];
    const dilation = 1 + rng.integer(5);
    const compute = differentiate(1, ([x]) => unfoldSteps(x as tf.Tensor3D, width, dilation));
    return { given: [drawNumbers(rng, batch, time, dim)], compute, tolerance: 1e-5 };
  },
};
