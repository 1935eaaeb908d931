// structure: one list of hostile uses, each a few lines.

/**
 * Runs hostile uses of the kernels in a process of its own, for hostile-calls.test.ts, and prints a line for each: how
 * it was answered, which is the message of an error or `done`.
 *
 *   node --expose-gc hostile-calls.mjs <case> …
 */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { build, loadKernels } from './load-kernels.mjs';

const library = JSON.stringify(new URL('load-kernels.mjs', import.meta.url).href);
const f = (length) => new Float32Array(length);
const i = (...values) => Int32Array.from(values);
const [two31, two32] = [2 ** 31, 2 ** 32];

/** Starts a worker with `kernels`, `parentPort` and what follows in scope. */
function startWorker(code) {
  const prelude = `const { parentPort } = require('node:worker_threads');
    const i = (...values) => Int32Array.from(values);
    const sizes = { users: 1, items: 2, dim: 2 };
    const bpr = { ...sizes, loss: { name: 'bpr' }, optimizer: { name: 'sgd', learningRate: 1 } };
    const square = (dim) => new Float32Array(dim * dim).fill(1);
    function multiply(kernels, dim) {
      const out = square(dim);
      kernels.sgemm({ rows: dim, columns: dim, inner: dim, a: square(dim), b: square(dim), out });
      return out;
    }`;
  const load = `import(${library}).then(({ loadKernels }) => loadKernels())`;
  return new Worker(`${prelude} ${load}.then(({ kernels }) => { ${code} });`, { eval: true });
}

function detach(array) {
  structuredClone(array.buffer, { transfer: [array.buffer] });
}

/** Transfers memory of the addon, which only newer versions of Node can. */
function transfer({ buffer }) {
  if (build === 'addon') buffer.transfer?.();
}

/** Fills the memory that was freed meanwhile. */
async function collectGarbage() {
  for (let round = 0; round < 5; round++) {
    globalThis.gc();
    await sleep(2);
  }
  return Array.from({ length: 100 }, () => f(50_000).fill(7));
}

/** A factorization whose step runs for a while on another thread. */
function createStep(kernels, { dim = 512, queries = 3000, allocate = f } = {}) {
  const [users, items] = [800, 900];
  const bilinear = kernels.createBilinear({
    users,
    items,
    dim,
    loss: { name: 'bpr' },
    optimizer: { name: 'adam', learningRate: 0.01 },
  });
  const createTable = (rows) => ({
    weights: allocate(rows * dim).fill(0.01),
    slots: [allocate(rows * dim), allocate(rows * dim)],
  });
  const tables = { user: createTable(users), item: createTable(items) };
  const draw = (length, limit) => Int32Array.from({ length }, (_, at) => (at * 7919) % limit);
  const batch = { users: draw(queries, users), positives: draw(queries, items), negatives: draw(3 * queries, items) };
  return { bilinear, tables, batch };
}

const countThreads = () => (process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0);

const offsets = (length, step) => Int32Array.from({ length: length + 1 }, (_, at) => at * step);

/** Outputs of a ranking without a list of the best items. */
const createRanks = (entries, queries) => ({
  ...{
    outRanks: new Int32Array(entries),
    outBestRanks: new Int32Array(entries),
    outWorstRanks: new Int32Array(entries),
  },
  ...{ outFound: new Int32Array(queries), outCandidateCounts: new Int32Array(queries), outTop: i() },
});

/** Calls with sizes whose product is 2⁶⁴, which 64 bits take for 0. */
const overflows = {
  softmax: (k) => k.softmax({ x: f(0), out: f(0), rows: two32, columns: two32 }),
  reduce: (k) => k.reduce({ code: 0, x: f(0), out: f(0), outer: two32, count: two32, inner: 1, scale: 1 }),
  maximum: (k) => k.reduce({ code: 1, x: f(0), out: f(0), outer: two32, count: 1, inner: two32, scale: 1 }),
  product: (k) => k.reduce({ code: 3, x: f(0), out: f(0), outer: two32, count: two32, inner: 1, scale: 1 }),
  argReduce: (k) => k.argReduce({ largest: true, x: f(0), out: i(), rows: two32, columns: two32 }),
  cumulativeSum: (k) => k.cumulativeSum({ x: f(0), out: f(0), outer: two32, steps: two31, inner: 2 }),
  gatherRows: (k) =>
    k.gatherRows({
      x: f(0),
      ids: new Int32Array(1 << 16),
      out: f(0),
      batch: 1 << 16,
      outer: 1 << 16,
      rows: two31,
      inner: two31 / (1 << 14) / 8,
    }),
  sumSegments: (k) =>
    k.sumSegments({ x: f(0), ids: new Int32Array(1 << 16), out: f(0), segments: two32, inner: two32 }),
  oneHot: (k) => k.oneHot({ ids: new Int32Array(1 << 24), out: f(0), depth: 2 ** 40, on: 1, off: 0 }),
  unfoldSteps: (k) =>
    k.unfoldSteps({ x: f(0), out: f(0), batch: 2 ** 22, time: 2 ** 22, dim: 2 ** 20, width: 1, dilation: 1 }),
  foldSteps: (k) =>
    k.foldSteps({ x: f(0), out: f(0), batch: 2 ** 22, time: 2 ** 22, dim: 2 ** 20, width: 1, dilation: 1 }),
  sgemm: (k) => k.sgemm({ rows: two32, columns: two32, inner: two32, a: f(0), b: f(0), out: f(0) }),
  bgemm: (k) => k.bgemm({ rows: two32, columns: two32, inner: two32, a: f(0), b: f(0), out: f(0) }),
  batchedSgemm: (k) =>
    k.batchedSgemm({
      batch: 2 ** 40,
      rows: two32,
      columns: two32,
      inner: 0,
      a: f(0),
      strideA: 0,
      b: f(0),
      strideB: 0,
      out: f(0),
    }),
  // 2³¹ · 2³¹ · 4 entries, each of which stays where it is
  copy: (k) => k.copy({ x: f(1), from: 0, out: f(1), to: 0, strides: i(two31 - 1, two31 - 1, 8, 0, 0, 0, 0, 0, 0) }),
  strides: (k) =>
    k.binary({
      code: 0,
      a: f(1),
      b: f(1),
      out: f(1),
      strides: Int32Array.from([...Array(12).fill(two31 - 1), ...Array(24).fill(0)]),
    }),
  positions: (k) =>
    k.copy({
      x: f(1),
      from: 0,
      out: f(1),
      to: 0,
      strides: Int32Array.from([...Array(8).fill(two31 - 1), ...Array(16).fill(two31 - 1)]),
    }),
};

const cases = {
  // Threads of the kernels are alive when their only worker ends.
  'ends with a worker': async () => {
    const before = countThreads();
    const worker = startWorker(
      `multiply(kernels, 300);
       const bilinear = kernels.createBilinear(bpr);
       kernels.bilinearPrepare(bilinear, { users: i(0), positives: i(0), negatives: i(1) });
       const tables = { user: { weights: kernels.zeros(2) }, item: { weights: kernels.zeros(4) } };
       kernels.bilinearStart(bilinear, tables, 1);`,
    );
    await once(worker, 'exit');
    while (countThreads() > before) await sleep(5); // the threads of the kernels end with it
    // Code that a thread may be in must not be unloaded.
    const isAddonOnLinux = build === 'addon' && process.platform === 'linux';
    if (isAddonOnLinux && !readFileSync('/proc/self/maps', 'utf8').includes('footlight.node'))
      throw new Error('unloaded');
  },
  // Workers one after the other start the threads again.
  'starts again in the next worker': async () => {
    for (let round = 0; round < 3; round++) {
      const worker = startWorker(`parentPort.postMessage(multiply(kernels, 300).every((value) => value === 300));`);
      const [[right]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      if (!right) throw new Error('another product');
    }
  },
  'is terminated during calls': async () => {
    const calls = [
      `multiply(kernels, 100);`,
      `try { kernels.softmax({ rows: 1 }); } catch {}`,
      `try { kernels.createBilinear({ get users() { return multiply(kernels, 9); } }); } catch {}`,
      `kernels.elementwiseNames(); kernels.zeros(100); kernels.zeros(2_000_000);`,
      `kernels.createBilinear(bpr);`,
    ];
    for (let round = 0; round < 15; round++) {
      const worker = startWorker(`parentPort.postMessage(0); for (;;) { ${calls[round % calls.length]} }`);
      await once(worker, 'message');
      await sleep(round % 7);
      await worker.terminate();
    }
  },
  // The test limits the memory of this process.
  'lacks memory': (k) => {
    const dim = 65_536;
    return k.solveLeastSquares({
      outRows: f(dim),
      fixed: f(dim),
      dim,
      offsets: i(0, 1),
      ids: i(0),
      confidences: 1,
      regularization: 0.1,
      steps: 1,
    });
  },
  'zeros beyond all memory': (k) => k.zeros(2 ** 36),

  // Both are long loops over nothing.
  'a product without rows': (k) => k.sgemm({ rows: 2 ** 40, columns: 0, inner: 0, a: f(0), b: f(0), out: f(0) }),
  'a batch of empty products': (k) =>
    k.batchedSgemm({
      batch: 2 ** 40,
      rows: 0,
      columns: 0,
      inner: 0,
      a: f(0),
      strideA: 0,
      b: f(0),
      strideB: 0,
      out: f(0),
    }),

  'more relevant entries than items': (k) => {
    const relevant = new Int32Array(64).map((_, at) => at % 2);
    return k.rankTargets({
      ...{ vectors: f(64), table: f(128), queryCount: 1, itemCount: 2, dim: 64, top: 0 },
      ...{ seenOffsets: i(0, 0), seenIds: i(), relevantOffsets: i(0, 64), relevantIds: relevant },
      ...createRanks(64, 1),
    });
  },
  'repeated relevant scores': (k) => {
    return k.rankScores({
      ...{ scores: f(6), queryCount: 2, itemCount: 3, top: 0 },
      ...{ seenOffsets: i(0, 0, 0), seenIds: i(), relevantOffsets: i(0, 1, 4), relevantIds: i(2, 2, 0, 2) },
      ...createRanks(4, 2),
    });
  },
  'rows of length 0': (k) =>
    k.optimizerRows({
      optimizer: { name: 'sgd', learningRate: 1 },
      step: 1,
      factor: 1,
      weights: f(0),
      ids: i(0),
      gradients: f(0),
      scratch: i(-1, -1),
    }),
  'shrink is not a number': (k) => {
    const [sets, members] = [200, 200];
    const all = new Int32Array(sets * members).map((_, at) => at % members);
    const count = 100;
    return k.nearestSets({
      ...{ outIds: new Int32Array(sets * count), outSimilarities: f(sets * count) },
      ...{ offsets: offsets(sets, members), members: all, setOffsets: offsets(members, sets), memberOf: all },
      ...{ similarity: 'cosine', shrink: Number.NaN, begin: 0, end: sets },
    });
  },
  'sets beyond the last': (k) =>
    k.nearestSets({
      outIds: i(0),
      outSimilarities: f(1),
      offsets: i(0, 1, 2),
      members: i(0, 0),
      setOffsets: i(0, 2),
      memberOf: i(0, 1),
      similarity: 'cosine',
      shrink: 0,
      begin: 2,
      end: 3,
    }),
  'a range that ends before it begins': (k) =>
    k.nearestSets({
      outIds: i(0),
      outSimilarities: f(1),
      offsets: i(0, 1, 2),
      members: i(0, 0),
      setOffsets: i(0, 2),
      memberOf: i(0, 1),
      similarity: 'cosine',
      shrink: 0,
      begin: 2,
      end: 1,
    }),

  'writes over ids that it reads': (k) => {
    const ids = new Int32Array(100_000);
    k.gatherRows({ x: f(2).fill(1e9), ids, out: new Float32Array(ids.buffer), batch: 1, outer: 1, rows: 2, inner: 1 });
  },
  'writes over part of the ids': (k) => {
    const memory = new ArrayBuffer(4 * 150_000);
    const ids = new Int32Array(memory, 0, 100_000);
    k.gatherRows({
      x: f(2).fill(1e9),
      ids,
      out: new Float32Array(memory, 4 * 50_000),
      batch: 1,
      outer: 1,
      rows: 2,
      inner: 1,
    });
  },
  'writes over offsets of a table': (k) => {
    const shared = new Int32Array(4);
    k.optimizerRows({
      optimizer: { name: 'sgd', learningRate: 1 },
      step: 1,
      factor: 1,
      weights: new Float32Array(shared.buffer),
      ids: i(0, 0),
      gradients: f(2),
      scratch: shared,
    });
  },
  'writes losses over a table': (k) => {
    const { bilinear, tables, batch } = createStep(k, { dim: 2, queries: 3 });
    k.bilinearSteps(bilinear, tables, { ...batch, batch: 3, outLosses: tables.user.weights.subarray(0, 1) });
  },
  'ids in shared memory': (k) => {
    k.gatherRows({
      x: f(2),
      ids: new Int32Array(new SharedArrayBuffer(8)),
      out: f(2),
      batch: 1,
      outer: 1,
      rows: 2,
      inner: 1,
    });
  },

  'transfers tables during a step': async (k) => {
    for (let round = 0; round < 5; round++) {
      const { bilinear, tables, batch } = createStep(k);
      k.bilinearPrepare(bilinear, batch);
      k.bilinearStart(bilinear, tables, 1);
      for (const { weights, slots } of Object.values(tables)) for (const array of [weights, ...slots]) detach(array);
      await collectGarbage();
      k.bilinearSettle(bilinear);
    }
  },
  'transfers memory of the addon during a step': async (k) => {
    for (let round = 0; round < 5; round++) {
      const { bilinear, tables, batch } = createStep(k, { allocate: k.zeros });
      k.bilinearPrepare(bilinear, batch);
      k.bilinearStart(bilinear, tables, 1);
      for (const { weights, slots } of Object.values(tables)) for (const array of [weights, ...slots]) transfer(array);
      await collectGarbage();
      k.bilinearSettle(bilinear);
    }
  },
  'replaces tables during a step': async (k) => {
    for (let round = 0; round < 5; round++) {
      const { bilinear, tables, batch } = createStep(k, { allocate: k.zeros });
      k.bilinearPrepare(bilinear, batch);
      k.bilinearStart(bilinear, tables, 1);
      for (const table of Object.values(tables)) Object.assign(table, { weights: f(1), slots: [] });
      await collectGarbage();
      k.bilinearSettle(bilinear);
    }
  },
  'a table of another size': (k) => {
    if (!('resize' in ArrayBuffer.prototype)) return;
    const { bilinear, tables, batch } = createStep(k);
    const memory = new ArrayBuffer(tables.user.weights.byteLength, { maxByteLength: 1 << 24 });
    tables.user.weights = new Float32Array(memory);
    k.bilinearPrepare(bilinear, batch);
    k.bilinearStart(bilinear, tables, 1);
    memory.resize(0);
    k.bilinearSettle(bilinear);
  },
  'a getter detaches what was read': (k) => {
    const { bilinear, tables, batch } = createStep(k);
    const users = batch.users;
    const hostile = {
      ...batch,
      users,
      get negatives() {
        if (users.length > 0) detach(users);
        return batch.negatives;
      },
    };
    k.bilinearPrepare(bilinear, hostile);
    k.bilinearStart(bilinear, tables, 1);
    k.bilinearSettle(bilinear);
  },
  'a getter of tables detaches the queries': (k) => {
    const { bilinear, tables, batch } = createStep(k);
    const hostile = {
      user: tables.user,
      get item() {
        for (const array of [batch.users, batch.positives, batch.negatives]) if (array.length > 0) detach(array);
        f(100_000).fill(1e9);
        return tables.item;
      },
    };
    k.bilinearSteps(bilinear, hostile, { ...batch, batch: 3000, outLosses: f(1) });
  },
  'a getter gives another array each time': (k) => {
    const { bilinear, tables, batch } = createStep(k);
    let reads = 0;
    const hostile = {
      ...batch,
      get users() {
        return reads++ === 0 ? batch.users : new Int32Array(1);
      },
    };
    k.bilinearPrepare(bilinear, hostile);
    k.bilinearStart(bilinear, tables, 1);
    k.bilinearSettle(bilinear);
    if (reads !== 1) throw new Error(`users was read ${reads} times`);
  },
  'a getter starts the step itself': (k) => {
    const { bilinear, tables, batch } = createStep(k);
    const hostile = {
      user: tables.user,
      get item() {
        k.bilinearStart(bilinear, tables, 1);
        return tables.item;
      },
    };
    k.bilinearPrepare(bilinear, batch);
    k.bilinearStart(bilinear, hostile, 1);
    k.bilinearSettle(bilinear);
  },
  'a proxy as slots': (k) => {
    const { bilinear, tables, batch } = createStep(k);
    const slots = new Proxy(tables.user.slots, {
      get(target, key) {
        if (key === '1') detach(target[0]);
        return target[key];
      },
    });
    k.bilinearPrepare(bilinear, batch);
    k.bilinearStart(bilinear, { ...tables, user: { ...tables.user, slots } }, 1);
    k.bilinearSettle(bilinear);
  },
};
for (const [name, run] of Object.entries(overflows)) cases[`2⁶⁴ numbers: ${name}`] = run;

async function run(name) {
  // The cases of workers need a main thread without the kernels.
  const isInWorker = name.includes('worker') || name.includes('terminated');
  try {
    await cases[name](isInWorker ? undefined : (await loadKernels()).kernels);
    return 'done';
  } catch (error) {
    return String(error);
  }
}

const names = process.argv.slice(2);
if (names[0] === '--list') console.log(JSON.stringify(Object.keys(cases)));
else for (const name of names) console.log(JSON.stringify([name, await run(name)]));
