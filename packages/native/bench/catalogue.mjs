/**
 * Milliseconds per training step as the catalogue grows: bpr, dim 64, batch 1024, lazy Adam or Adagrad, ids evenly drawn, so that hardly a row is met twice.
 *
 *   node bench/catalogue.mjs [repeats] [dim]
 */
import { load } from '../index.js';
import { generator } from './movielens-1m.mjs';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const [repeats, dim] = [7, 64].map((usual, at) => Number(process.argv[2 + at] ?? usual));
const [batch, steps, users] = [1024, 64, 10_000];
const bits = generator(3);

function filled(array) {
  for (let at = 0; at < array.length; at++) array[at] = bits() / 2 ** 36;
  return array;
}

function stepsOf(items, optimizer) {
  const slots = { sgd: 0, adagrad: 1, adam: 2 }[optimizer.name];
  const tableOf = (count, width) => ({
    weights: filled(kernels.zeros(count * width)),
    slots: Array.from({ length: slots }, () => kernels.zeros(count * width).fill(1e-3)),
  });
  const tables = {
    user: tableOf(users, dim),
    item: tableOf(items, dim),
    userBias: tableOf(users, 1),
    itemBias: tableOf(items, 1),
  };
  const bilinear = kernels.createBilinear({ users, items, dim, biases: true, loss: { name: 'bpr' }, optimizer });
  const drawn = (bound) => Int32Array.from({ length: batch * steps }, () => bits() % bound);
  return () => {
    const queries = {
      users: drawn(users),
      positives: drawn(items),
      negatives: drawn(items),
      batch,
      outLosses: new Float32Array(steps),
    };
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    kernels.bilinearSteps(bilinear, tables, queries);
    const used = process.cpuUsage(cpu);
    return { each: (performance.now() - began) / steps, cpu: (used.user + used.system) / 1000 / steps };
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const optimizers = [
  { name: 'adam', learningRate: 1e-3 },
  { name: 'adagrad', learningRate: 0.05 },
  { name: 'sgd', learningRate: 0.05 },
];
console.log(
  `bpr, dim ${dim}, batch ${batch}, ${users} users, ${kernels.threads()} threads, median of ${repeats} × ${steps} steps`,
);
for (const optimizer of optimizers) {
  const works = [1000, 10_000, 100_000, 1_000_000].map((items) => ({
    items,
    run: stepsOf(items, optimizer),
    runs: [],
  }));
  for (let repeat = -2; repeat < repeats; repeat++)
    for (const { run, runs } of works) {
      const figures = run();
      if (repeat >= 0) runs.push(figures);
    }
  const base = median(works[1].runs.map(({ cpu }) => cpu));
  for (const { items, runs } of works) {
    const cpu = median(runs.map((each) => each.cpu));
    console.log(
      `${optimizer.name.padEnd(8)} ${String(items).padStart(8)} items: ${median(runs.map(({ each }) => each)).toFixed(3)} ms per step, ${cpu.toFixed(3)} of processors, ${(cpu / base).toFixed(2)} × that of 10,000`,
    );
  }
}
