import { createRng } from '@footlight/core';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawSkewedIds, itemPopularity, userActivity } from './random-data.js';

const [users, items, entries, dim] = [6040, 3706, 1_000_209, 128];

/** Groups `ids` by the key at the same index, as rows of a sparse matrix. */
function groupByKey(keys: Int32Array, ids: Int32Array, count: number) {
  const offsets = new Int32Array(count + 1);
  for (const key of keys) offsets[key + 1]! += 1;
  for (let key = 0; key < count; key++) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice();
  const grouped = new Int32Array(keys.length);
  keys.forEach((key, at) => {
    grouped[next[key]!] = ids[at]!;
    next[key]! += 1;
  });
  return { offsets, ids: grouped };
}

/** Iterations (users and items) of alternating least squares, on ids with the number and skew of MovieLens 1M. */
export const leastSquares: BenchmarkCase[] = [
  {
    group: 'Alternating least squares',
    name: `${entries.toLocaleString('en')} interactions, dim ${dim}`,
    unit: 'iteration',
    async prepare() {
      const kernels = loadKernels();
      const rng = createRng(42);
      const byRow = [
        drawSkewedIds(rng, entries, users, userActivity),
        drawSkewedIds(rng, entries, items, itemPopularity),
      ] as const;
      const [ofUsers, ofItems] = [groupByKey(byRow[0], byRow[1], users), groupByKey(byRow[1], byRow[0], items)];
      const draw = (count: number) => Float32Array.from({ length: count * dim }, () => 0.01 * rng.next());
      const [user, item] = [draw(users), draw(items)];
      const confidences = new Float32Array(entries).fill(41);
      const options = { dim, confidences, regularization: 0.01, steps: 3 };
      const iterate = () => {
        kernels.solveLeastSquares({ ...options, ...ofUsers, outRows: user, fixed: item });
        kernels.solveLeastSquares({ ...options, ...ofItems, outRows: item, fixed: user });
      };
      return { run: () => measureCall(iterate) };
    },
  },
];
