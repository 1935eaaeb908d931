/**
 * Seconds of what a step does with rows of a table, forwards and backwards: candidates of a sequence model (208 windows of 99 steps, 6 candidates each, dim 128)
 * and bags of a Mult-VAE (500 users of 73 clicks, dim 600).
 *
 *   node bench/rows.mjs [repeats]
 */
import { load } from '../index.js';
import { generator, skewed } from './movielens-1m.mjs';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const repeats = Number(process.argv[2] ?? 15);
const bits = generator(11);
const numbers = (length) => Float32Array.from({ length }, () => bits() / 2 ** 31 - 1);
const even = (count, each) => Int32Array.from({ length: count + 1 }, (_, at) => at * each);

function candidates(queries, each, items, dim) {
  const ids = skewed(bits, items, 150, 1.6, queries * each);
  const [vectors, table, bias, slopes] = [
    numbers(queries * dim),
    numbers(items * dim),
    numbers(items),
    numbers(queries * each),
  ];
  const offsets = even(queries, each);
  const ones = new Float32Array(queries).fill(1);
  const [scores, gradient] = [new Float32Array(queries * each), new Float32Array(queries * dim)];
  const most = Math.min(items, ids.length);
  const [met, rows, own] = [new Int32Array(most), new Float32Array(most * dim), new Float32Array(most)];
  return {
    [`scores of ${queries} × ${each} candidates`]: () => kernels.scoreRows(vectors, table, bias, dim, ids, scores),
    'gradient by vectors': () => kernels.sumRows(table, dim, offsets, ids, slopes, gradient),
    'gradient by rows': () => void kernels.sumRowsGradient(vectors, dim, offsets, ids, slopes, items, met, rows),
    'gradient by biases': () => void kernels.sumRowsGradient(ones, 1, offsets, ids, slopes, items, met, own),
    'gradients by rows and biases': () =>
      void kernels.sumRowsGradient(vectors, dim, offsets, ids, slopes, items, met, rows, own),
  };
}

function bags(count, each, items, dim) {
  const ids = skewed(bits, items, 150, 1.6, count * each);
  const [table, weights, slopes] = [numbers(items * dim), numbers(count * each), numbers(count * dim)];
  const offsets = even(count, each);
  const out = new Float32Array(count * dim);
  const most = Math.min(items, ids.length);
  const [met, rows] = [new Int32Array(most), new Float32Array(most * dim)];
  return {
    [`sums of ${count} bags`]: () => kernels.sumRows(table, dim, offsets, ids, weights, out),
    'gradient by the table': () => void kernels.sumRowsGradient(slopes, dim, offsets, ids, weights, items, met, rows),
  };
}

const works = { ...candidates(20_592, 6, 3707, 128), ...bags(500, 73, 20_108, 600) };
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const runs = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
for (let repeat = -2; repeat < repeats; repeat++)
  for (const [name, work] of Object.entries(works)) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    work();
    const used = process.cpuUsage(cpu);
    if (repeat >= 0)
      runs[name].push({ milliseconds: performance.now() - began, cpu: (used.user + used.system) / 1000 });
  }
console.log(`${kernels.threads()} threads, median of ${repeats}`);
for (const [name, each] of Object.entries(runs)) {
  const times = each.map((run) => run.milliseconds);
  console.log(
    `${name.padEnd(34)} ${median(times).toFixed(2)} ms (${Math.min(...times).toFixed(2)}–${Math.max(...times).toFixed(2)}), ${median(each.map((run) => run.cpu)).toFixed(2)} ms of processors`,
  );
}
