/**
 * Seconds to rank what users of held-out histories took, in the whole catalogue: 10,000 users × 20,108 items, dim 128, what they have seen masked, with lists of
 * the best and without. The last column is the product alone.
 *
 *   node bench/rank.mjs [repeats] [users] [items] [dim]
 */
import { load } from '../index.js';
import { generator, skewed } from './movielens-1m.mjs';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const [repeats, users, items, dim] = [5, 10_000, 20_108, 128].map((usual, at) => Number(process.argv[2 + at] ?? usual));
const bits = generator(7);
const normal = () => ((bits() + bits() + bits() + bits()) / 2 ** 32 - 2) * Math.sqrt(3);
const vectors = Float32Array.from({ length: users * dim }, normal);
const table = Float32Array.from({ length: items * dim }, normal);
const bias = Float32Array.from({ length: items }, normal);

/** About `each` ids per user, each once, more of the popular ones. */
function lists(each) {
  const popular = skewed(bits, items, 150, 1.6, users * each);
  const offsets = new Int32Array(users + 1);
  const ids = [];
  for (let user = 0; user < users; user++) {
    ids.push(...new Set(popular.subarray(user * each, (user + 1) * each)));
    offsets[user + 1] = ids.length;
  }
  return [offsets, Int32Array.from(ids)];
}
const [seen, targets] = [lists(60), lists(15)];

function rank(top) {
  const entries = targets[1].length;
  const out = [
    new Int32Array(entries),
    new Float64Array(entries),
    new Int32Array(users),
    new Int32Array(users),
    new Int32Array(users * top),
  ];
  kernels.rankTargets(vectors, table, bias, users, items, dim, ...seen, ...targets, false, top, ...out);
  return out[0].reduce((sum, value) => sum + value, 0) + out[4].reduce((sum, value) => sum + value, 0);
}

const block = new Float32Array(1000 * items);
const works = {
  ranks: () => rank(0),
  'ranks, top 10': () => rank(10),
  'ranks, top 100': () => rank(100),
  'product alone': () => {
    for (let from = 0; from + 1000 <= users; from += 1000)
      kernels.sgemm(false, true, 1000, items, dim, vectors.subarray(from * dim, (from + 1000) * dim), table, block);
  },
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const runs = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
for (let repeat = 0; repeat <= repeats; repeat++)
  for (const [name, work] of Object.entries(works)) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const sum = work();
    const used = process.cpuUsage(cpu);
    if (repeat > 0)
      runs[name].push({ seconds: (performance.now() - began) / 1000, cpu: (used.user + used.system) / 1e6, sum });
  }
console.log(
  `${users} × ${items}, dim ${dim}, ${targets[1].length} targets, ${seen[1].length} seen, ${kernels.threads()} threads, median of ${repeats}`,
);
for (const [name, each] of Object.entries(runs)) {
  const seconds = each.map((run) => run.seconds);
  console.log(
    `${name.padEnd(16)} ${median(seconds).toFixed(3)} s (${Math.min(...seconds).toFixed(3)}–${Math.max(...seconds).toFixed(3)}), ${median(each.map((run) => run.cpu)).toFixed(3)} s of processors; sum ${each[0].sum}`,
  );
}
