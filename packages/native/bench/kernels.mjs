/**
 * Milliseconds per kernel beside a naive loop in JavaScript: medians after one call to warm up.
 *
 *   node bench/kernels.mjs [repeats]
 */
import { load } from '../index.js';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);
const repeats = Number(process.argv[2] ?? 5);
let state = 42;
const next = () => {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
};
const drawn = (length) => Float32Array.from({ length }, () => next() - 0.5);

function median(run, times = repeats) {
  run();
  const spent = Array.from({ length: times }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return `${spent[times >> 1].toFixed(1)} ms (${spent[0].toFixed(1)}–${spent.at(-1).toFixed(1)})`;
}

function lists(queries, items, most) {
  const [offsets, ids] = [new Int32Array(queries + 1), []];
  for (let query = 0; query < queries; query++) {
    const own = new Set(Array.from({ length: 1 + Math.floor(next() * 2 * most) }, () => Math.floor(next() * items)));
    ids.push(...own);
    offsets[query + 1] = ids.length;
  }
  return { offsets, ids: Int32Array.from(ids) };
}

const [queries, items, dim] = [10_000, 20_108, 128];
const [vectors, table] = [drawn(queries * dim), drawn(items * dim)];
const [seen, relevant] = [lists(queries, items, 55), lists(queries, items, 18)];
const rank = (count, top) => {
  const [s, r] = [seen, relevant].map(({ offsets, ids }) => [
    offsets.slice(0, count + 1),
    ids.subarray(0, offsets[count]),
  ]);
  const entries = r[1].length;
  const ints = (length) => new Int32Array(length);
  const out = [ints(entries), new Float64Array(entries), ints(count), ints(count), ints(count * top)];
  kernels.rankTargets(
    vectors.subarray(0, count * dim),
    table,
    undefined,
    count,
    items,
    dim,
    ...s,
    ...r,
    false,
    top,
    ...out,
  );
};
/** @returns the sum of all ranks, so that the work cannot be left out */
function naiveRank(count) {
  let above = 0;
  for (let query = 0; query < count; query++) {
    const scores = new Float32Array(items);
    for (let item = 0; item < items; item++) {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += vectors[query * dim + d] * table[item * dim + d];
      scores[item] = sum;
    }
    for (let e = seen.offsets[query]; e < seen.offsets[query + 1]; e++) scores[seen.ids[e]] = -Infinity;
    for (let e = relevant.offsets[query]; e < relevant.offsets[query + 1]; e++) {
      for (let item = 0; item < items; item++) above += scores[item] > scores[relevant.ids[e]] ? 1 : 0;
    }
  }
  return above;
}
console.log(`${kernels.threads()} threads, medians of ${repeats}`);
console.log(
  `rank ${queries} × ${items}, dim ${dim}, ${relevant.ids.length} targets: ${median(() => rank(queries, 0))}`,
);
console.log(`the same and the best 100 of each: ${median(() => rank(queries, 100))}`);
console.log(`naive, 100 queries: ${median(() => naiveRank(100), 1)}`);
