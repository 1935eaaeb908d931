/**
 * Seconds per iteration (users and items) of alternating least squares on ids of the size and skew of MovieLens 1M.
 *
 *   node bench/least-squares.mjs [repeats] [dim]
 */
import { load } from '../index.js';
import { generator, skewed } from './movielens-1m.mjs';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const [users, items, entries] = [6040, 3706, 1_000_209];
const repeats = Number(process.argv[2] ?? 5);
const dim = Number(process.argv[3] ?? 128);
const bits = generator(42);

function groupedBy(keys, others, count) {
  const offsets = new Int32Array(count + 1);
  for (const key of keys) offsets[key + 1]++;
  for (let key = 0; key < count; key++) offsets[key + 1] += offsets[key];
  const next = offsets.slice();
  const ids = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) ids[next[keys[at]]++] = others[at];
  return { offsets, ids };
}

const [ofUsers, ofItems] = [skewed(bits, users, 300, 1.4, entries), skewed(bits, items, 150, 1.6, entries)];
const [chosen, choosers] = [groupedBy(ofUsers, ofItems, users), groupedBy(ofItems, ofUsers, items)];
const drawn = (count) => Float32Array.from({ length: count * dim }, () => (bits() / 2 ** 32) * 0.01);
const [user, item] = [drawn(users), drawn(items)];
const confidences = new Float32Array(entries).fill(41);

const [seconds, processors] = [[], []];
for (let repeat = 0; repeat <= repeats; repeat++) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  kernels.solveLeastSquares(user, item, dim, chosen.offsets, chosen.ids, confidences, 0.01, 3);
  kernels.solveLeastSquares(item, user, dim, choosers.offsets, choosers.ids, confidences, 0.01, 3);
  if (repeat === 0) continue;
  seconds.push((performance.now() - began) / 1000);
  const used = process.cpuUsage(cpu);
  processors.push((used.user + used.system) / 1e6);
}
const sorted = (values) => [...values].sort((a, b) => a - b);
const [s, c] = [sorted(seconds), sorted(processors)];
console.log(
  `${entries} entries, ${users} × ${items}, dim ${dim}, ${kernels.threads()} threads, median of ${repeats} after one to warm up`,
);
console.log(
  `${s[repeats >> 1].toFixed(3)} s/iteration (${s[0].toFixed(3)}–${s.at(-1).toFixed(3)}), ${c[repeats >> 1].toFixed(3)} s of processors`,
);
