import { createRng } from '@footlight/core';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawNumbers, drawSkewedIds, itemPopularity } from './random-data.js';

const createOffsets = (count: number, length: number) => Int32Array.from({ length: count + 1 }, (_, at) => at * length);

/** Candidates of a sequence model: 208 windows of 99 steps with 6 candidates each. */
function createCandidateWorks() {
  const kernels = loadKernels();
  const [queries, length, items, dim] = [20_592, 6, 3707, 128];
  const rng = createRng(11);
  const ids = drawSkewedIds(rng, queries * length, items, itemPopularity);
  const [vectors, table, bias] = [
    drawNumbers(rng, queries * dim),
    drawNumbers(rng, items * dim),
    drawNumbers(rng, items),
  ];
  const gradients = drawNumbers(rng, queries * length);
  const offsets = createOffsets(queries, length);
  const bags = { offsets, ids, weights: gradients, rowCount: items };
  const ones = new Float32Array(queries).fill(1);
  const [scores, ofVectors] = [new Float32Array(queries * length), new Float32Array(queries * dim)];
  const [rowIds, rows, biases] = [new Int32Array(items), new Float32Array(items * dim), new Float32Array(items)];
  return {
    scores: () => kernels.scoreRows({ vectors, table, bias, dim, ids, out: scores }),
    'gradients of vectors': () => kernels.sumRows({ table, dim, offsets, ids, weights: gradients, out: ofVectors }),
    'gradients of rows': () =>
      kernels.sumRowsGradient({ ...bags, gradients: vectors, dim, outIds: rowIds, outValues: rows }),
    'gradients of biases': () =>
      kernels.sumRowsGradient({ ...bags, gradients: ones, dim: 1, outIds: rowIds, outValues: biases }),
    'gradients of rows and biases': () =>
      kernels.sumRowsGradient({
        ...{ ...bags, gradients: vectors, dim },
        ...{ outIds: rowIds, outValues: rows, outWeights: biases },
      }),
  };
}

/** Embedding bags of a Mult-VAE: 500 users with 73 clicks each. */
function createBagWorks() {
  const kernels = loadKernels();
  const [count, length, items, dim] = [500, 73, 20_108, 600];
  const rng = createRng(11);
  const ids = drawSkewedIds(rng, count * length, items, itemPopularity);
  const [table, weights] = [drawNumbers(rng, items * dim), drawNumbers(rng, count * length)];
  const gradients = drawNumbers(rng, count * dim);
  const offsets = createOffsets(count, length);
  const out = new Float32Array(count * dim);
  const [rowIds, rows] = [new Int32Array(items), new Float32Array(items * dim)];
  return {
    sums: () => kernels.sumRows({ table, dim, offsets, ids, weights, out }),
    'gradients of rows': () =>
      kernels.sumRowsGradient({
        ...{ gradients, dim, offsets, ids, weights },
        ...{ rowCount: items, outIds: rowIds, outValues: rows },
      }),
  };
}

type Works = Readonly<Record<string, () => void>>;

function createCases(group: string, names: readonly string[], createWorks: () => Works): BenchmarkCase[] {
  return names.map((name) => ({
    group,
    name,
    unit: 'call',
    async prepare() {
      const work = createWorks()[name]!;
      return { run: () => measureCall(work) };
    },
  }));
}

/** Sums of embedding rows and their gradients. */
export const embeddingRows: BenchmarkCase[] = [
  ...createCases(
    'Scores of 20,592 × 6 candidates, 3,707 items, dim 128',
    ['scores', 'gradients of vectors', 'gradients of rows', 'gradients of biases', 'gradients of rows and biases'],
    createCandidateWorks,
  ),
  ...createCases(
    'Embedding bags of 500 × 73 ids, 20,108 items, dim 600',
    ['sums', 'gradients of rows'],
    createBagWorks,
  ),
];
