import { availableParallelism } from 'node:os';
import { batchSize, type Configuration, configurations, dim, startEpochs } from '../engine/factorization-training.js';
import { loadRatings } from '../engine/movielens-1m.js';
import { shapes } from '../engine/products.js';
import type { BenchmarkCase, PreparedCase } from '../measure/benchmark-case.js';
import { type Chromium, openChromium } from './open-page.js';
import type { FactorizationWork } from './page-process.js';

const threads = Number(process.env.FOOTLIGHT_THREADS) || availableParallelism();

/** Seconds of an epoch of TensorFlow.js above which a part of it is measured. */
const longestEpoch = 10;

const measured = ['BPR, lazy Adam', 'WARP × 10, Adagrad', 'adaptive hinge × 5, dense Adam'].map(
  (name) => configurations.find((each) => each.name === name)!,
);

/** Epochs in a page beside the same epochs in Node, both with Footlight's backend `wasm`. */
const inChromium: BenchmarkCase[] = measured.flatMap((configuration) =>
  [
    { name: 'with threads', pageThreads: threads, maxRatio: 1.3 },
    { name: 'one thread', pageThreads: 1, maxRatio: 2.5 },
  ].map(({ name, pageThreads, maxRatio }) => ({
    group: `Headless Chromium beside Node, MovieLens 1M, dim ${dim}, batch ${batchSize}`,
    name: `${configuration.name}, ${name}`,
    unit: 'epoch',
    maxRatio,
    prepare: () =>
      prepareFactorization(configuration, async (chromium, work) => {
        const page = await chromium.open({ backend: 'wasm', threads: pageThreads, work });
        const epochs = startEpochs(configuration, await loadRatings());
        const inNode = async () => ({ seconds: (await epochs.next()).value!.seconds });
        return { run: page.run, otherPeers: { [`Footlight in Node, ${threads} threads`]: inNode } };
      }),
  })),
);

const besideTfjsGroup = 'Headless Chromium, beside the WebAssembly backend of TensorFlow.js';

const productsBesideTfjs: BenchmarkCase[] = shapes.slice(0, 2).flatMap(([m, k, n]) =>
  (['wasm', 'wasm-relaxed'] as const).map((backend) => ({
    group: besideTfjsGroup,
    name: `fp32 ${m} × ${k} × ${n}${backend === 'wasm' ? '' : ', relaxed SIMD'}`,
    unit: 'product',
    operations: 2 * m * k * n,
    maxRatio: 1 / 2,
    async prepare() {
      const chromium = await openChromium();
      const work = { m, k, n, repeats: 1 };
      const own = await chromium.open({ backend, threads, work });
      const other = await chromium.open({ backend: 'tfjs-wasm', threads, work });
      return { run: own.run, otherPeers: { 'TensorFlow.js': other.run }, close: chromium.close };
    },
  })),
);

const epochsBesideTfjs: BenchmarkCase[] = measured.map((configuration) => ({
  group: besideTfjsGroup,
  name: `${configuration.name}, dim ${dim}, batch ${batchSize}`,
  unit: 'epoch',
  maxRatio: 1 / 20,
  prepare: () =>
    prepareFactorization(configuration, async (chromium, work) => {
      const own = await chromium.open({ backend: 'wasm', threads, work });
      const longest = { ...work, longest: longestEpoch };
      const { steps, allSteps, run } = await chromium.open({ backend: 'tfjs-wasm', threads, work: longest });
      const part = steps === allSteps ? '' : `, extrapolated from ${steps} of ${allSteps} steps`;
      return { run: own.run, otherPeers: { [`TensorFlow.js${part}`]: run } };
    }),
}));

/** Footlight's backend `wasm` in a headless Chromium. */
export const browserCases: readonly BenchmarkCase[] = [...inChromium, ...productsBesideTfjs, ...epochsBesideTfjs];

/** Opens a Chromium for a case, with the ratings. */
async function prepareFactorization(
  { name }: Configuration,
  prepare: (chromium: Chromium, work: FactorizationWork) => Promise<PreparedCase>,
): Promise<PreparedCase> {
  const { catalogue, users, items } = await loadRatings();
  const toBytes = (ids: ArrayLike<number>) => new Uint8Array(Int32Array.from(ids).buffer);
  const chromium = await openChromium({ '/users': toBytes(users), '/items': toBytes(items) });
  const { userCount, itemCount } = catalogue;
  return { ...(await prepare(chromium, { name, userCount, itemCount })), close: chromium.close };
}
