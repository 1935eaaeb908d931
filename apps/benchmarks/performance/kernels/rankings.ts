import { createRng } from '@footlight/core';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawLists, drawNumbers } from './random-data.js';

const [users, items, dim] = [10_000, 20_108, 128];
const loopUsers = 100;

type Data = ReturnType<typeof createData>;
let data: Data | undefined;

/** Vectors, seen items and targets, drawn once for all cases. */
function createData() {
  const rng = createRng(7);
  return {
    vectors: drawNumbers(rng, users * dim),
    table: drawNumbers(rng, items * dim),
    bias: drawNumbers(rng, items),
    seen: drawLists(rng, users, 60, items),
    targets: drawLists(rng, users, 15, items),
    scores: new Float32Array(1000 * items),
  };
}

function rank({ vectors, table, bias, seen, targets }: Data, top: number): void {
  const entries = targets.ids.length;
  loadKernels().rankTargets({
    ...{ vectors, table, bias, queryCount: users, itemCount: items, dim, top },
    ...{ seenOffsets: seen.offsets, seenIds: seen.ids, relevantOffsets: targets.offsets, relevantIds: targets.ids },
    ...{ outRanks: new Int32Array(entries), outFound: new Int32Array(users) },
    ...{ outBestRanks: new Int32Array(entries), outWorstRanks: new Int32Array(entries) },
    ...{ outCandidateCounts: new Int32Array(users), outTop: new Int32Array(users * top) },
  });
}

/** The matrix products that a ranking needs, without the ranking. */
function multiply({ vectors, table, scores }: Data): void {
  for (let from = 0; from + 1000 <= users; from += 1000)
    loadKernels().sgemm({
      ...{ transposeB: true, rows: 1000, columns: items, inner: dim },
      ...{ a: vectors.subarray(from * dim, (from + 1000) * dim), b: table, out: scores },
    });
}

/** Ranks of the targets in a plain JavaScript loop. @returns their sum, so that no compiler can skip the work */
function rankInLoop({ vectors, table, bias, seen, targets }: Data): number {
  let above = 0;
  const scores = new Float32Array(items);
  for (let user = 0; user < loopUsers; user++) {
    for (let item = 0; item < items; item++) {
      let sum = bias[item]!;
      for (let d = 0; d < dim; d++) sum += vectors[user * dim + d]! * table[item * dim + d]!;
      scores[item] = sum;
    }
    for (let entry = seen.offsets[user]!; entry < seen.offsets[user + 1]!; entry++)
      scores[seen.ids[entry]!] = Number.NEGATIVE_INFINITY;
    for (let entry = targets.offsets[user]!; entry < targets.offsets[user + 1]!; entry++)
      for (let item = 0; item < items; item++) above += scores[item]! > scores[targets.ids[entry]!]! ? 1 : 0;
  }
  return above;
}

const works: Readonly<Record<string, (data: Data) => void>> = {
  'ranks of the targets': (all) => rank(all, 0),
  'ranks of the targets, and the best 10 items': (all) => rank(all, 10),
  'ranks of the targets, and the best 100 items': (all) => rank(all, 100),
  'matrix products alone': multiply,
  [`ranks in a JavaScript loop, ${loopUsers} users only`]: rankInLoop,
};

/** Rankings of the whole catalogue for held-out users, with seen items left out. */
export const rankings: BenchmarkCase[] = Object.entries(works).map(([name, work]) => ({
  group: `Rankings, ${users.toLocaleString('en')} users × ${items.toLocaleString('en')} items, dim ${dim}`,
  name,
  unit: 'ranking',
  async prepare() {
    data ??= createData();
    return { run: () => measureCall(() => work(data!)) };
  },
}));
