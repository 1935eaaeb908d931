/**
 * Seconds per epoch of fused factorization on ids of the size and skew of MovieLens 1M: shuffling, drawing negatives and gathering batches included.
 *
 *   node bench/bilinear.mjs [repeats] [label]
 */
import { load } from '../index.js';
import { generator, skewed } from './movielens-1m.mjs';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const [users, items, rows, dim, batch] = [6040, 3706, 1_000_209, 128, 1024];
const repeats = Number(process.argv[2] ?? 5);

const CONFIGURATIONS = [
  {
    label: 'bpr, dense Adam',
    loss: { name: 'bpr' },
    optimizer: { name: 'adam', learningRate: 1e-3, rows: 'dense' },
    negatives: 1,
  },
  {
    label: 'bpr, dense Adam, l2',
    loss: { name: 'bpr' },
    optimizer: { name: 'adam', learningRate: 1e-3, l2: 1e-6, rows: 'dense' },
    negatives: 1,
  },
  {
    label: 'adaptive hinge ×5, dense Adam',
    loss: { name: 'adaptive-hinge' },
    optimizer: { name: 'adam', learningRate: 1e-3, rows: 'dense' },
    negatives: 5,
  },
  { label: 'bpr, lazy Adam', loss: { name: 'bpr' }, optimizer: { name: 'adam', learningRate: 1e-3 }, negatives: 1 },
  { label: 'bpr, Adagrad', loss: { name: 'bpr' }, optimizer: { name: 'adagrad', learningRate: 0.05 }, negatives: 1 },
  {
    label: 'warp ×10, lazy Adam',
    loss: { name: 'warp' },
    optimizer: { name: 'adam', learningRate: 1e-3 },
    negatives: 10,
  },
  {
    label: 'warp ×10, Adagrad',
    loss: { name: 'warp' },
    optimizer: { name: 'adagrad', learningRate: 0.05 },
    negatives: 10,
  },
  { label: 'bpr, SGD', loss: { name: 'bpr' }, optimizer: { name: 'sgd', learningRate: 0.05 * batch }, negatives: 1 },
];

const bits = generator(42);
const integer = (bound) => bits() % (bound >>> 0);

const trainUsers = skewed(bits, users, 300, 1.4, rows); // mean 166, most about 2,000
const trainItems = skewed(bits, items, 150, 1.6, rows); // most about 3,000

function tableOf(count, width, slots, deviation) {
  const weights = Float32Array.from(
    { length: count * width },
    () => ((bits() + bits() + bits()) / 2 ** 32 - 1.5) * 2 * deviation,
  );
  return { weights, slots: Array.from({ length: slots }, () => new Float32Array(count * width)) };
}

// Functions of their own, called often: loops inside of a function that is called once per epoch are compiled late and badly.
function shuffle(order) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

/** The queries of these rows, each with `count` negatives that are not its positive. */
function draw(order, u, p, n, count) {
  for (let q = 0, at = 0; q < order.length; q++) {
    const row = order[q];
    const positive = trainItems[row];
    u[q] = trainUsers[row];
    p[q] = positive;
    for (let k = 0; k < count; k++, at++) {
      const item = integer(items - 1);
      n[at] = item + 1 + ((item - positive) >> 31); // item, or the next one from the positive on: a branch would be guessed wrong every other time
    }
  }
}

function benchOf({ loss, optimizer, negatives: count }) {
  const slots = { sgd: 0, adagrad: 1, adam: 2 }[optimizer.name];
  const tables = {
    user: tableOf(users, dim, slots, 1 / dim),
    item: tableOf(items, dim, slots, 1 / dim),
    userBias: tableOf(users, 1, slots, 0),
    itemBias: tableOf(items, 1, slots, 0),
  };
  const bilinear = kernels.createBilinear({ users, items, dim, biases: true, loss, optimizer });
  const chunk = 16 * batch;
  const order = Int32Array.from({ length: rows }, (_, at) => at);
  const [u, p, n] = [new Int32Array(chunk), new Int32Array(chunk), new Int32Array(chunk * count)];
  return () => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    shuffle(order);
    let [drawing, sum] = [performance.now() - began, 0];
    for (let from = 0; from < rows; from += chunk) {
      const size = Math.min(chunk, rows - from);
      const start = performance.now();
      draw(order.subarray(from, from + size), u, p, n, count);
      drawing += performance.now() - start;
      const outLosses = new Float32Array(Math.ceil(size / batch));
      const queries = {
        users: u.subarray(0, size),
        positives: p.subarray(0, size),
        negatives: n.subarray(0, size * count),
        batch,
        outLosses,
      };
      kernels.bilinearSteps(bilinear, tables, queries);
      for (const value of outLosses) sum += value;
    }
    kernels.bilinearFlush(bilinear, tables);
    const used = process.cpuUsage(cpu);
    return {
      seconds: (performance.now() - began) / 1000,
      cpu: (used.user + used.system) / 1e6,
      drawing: drawing / 1000,
      loss: sum / Math.ceil(rows / batch),
    };
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const chosen = process.argv[3];
const benches = CONFIGURATIONS.filter(({ label }) => !chosen || label === chosen).map((configuration) => ({
  label: configuration.label,
  epoch: benchOf(configuration),
  runs: [],
}));
for (let repeat = 0; repeat <= repeats; repeat++) for (const { epoch, runs } of benches) runs.push(epoch()); // interleaved: the machine drifts
console.log(
  `${rows} rows, ${users} × ${items}, dim ${dim}, batch ${batch}, ${kernels.threads()} threads, median of ${repeats} after one to warm up`,
);
for (const { label, runs } of benches) {
  const [first, ...timed] = runs;
  const seconds = timed.map((run) => run.seconds);
  const spread = `${Math.min(...seconds).toFixed(3)}–${Math.max(...seconds).toFixed(3)}`;
  const drawing = median(timed.map((run) => run.drawing));
  const losses = `${first.loss.toFixed(4)} → ${timed.at(-1).loss.toFixed(4)}`;
  console.log(
    `${label.padEnd(32)} ${median(seconds).toFixed(3)} s/epoch (${spread}), ${median(timed.map((run) => run.cpu)).toFixed(3)} s of processors; drawing ${drawing.toFixed(3)}; loss ${losses}`,
  );
}
