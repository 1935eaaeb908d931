import type { Interactions } from '@footlight/datasets';
import { tf, useBackend } from '@footlight/engine';
import { batchSize, configurations, startEpochs } from '../engine/factorization-training.js';
import type { Measurement } from '../measure/benchmark-case.js';
import { countSteps, selectRows } from './part-of-epoch.js';

// The program of a page in a browser: it prepares a work, and each call runs it once.

/** A matrix product [m, k] · [k, n]. */
export interface ProductWork {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Products per run. */
  readonly repeats: number;
}

/** An epoch of a factorization, with the ids in `/users` and `/items` of the site. */
export interface FactorizationWork {
  /** Name of a configuration of `factorization-training.ts`. */
  readonly name: string;
  readonly userCount: number;
  readonly itemCount: number;
  /** Seconds that an epoch may take. A part of a longer one is measured, and the time of all steps is extrapolated. */
  readonly longest?: number;
}

/** What a page does. */
export interface PageRequest {
  /** `tfjs-wasm` is the WebAssembly backend of TensorFlow.js. */
  readonly backend: 'wasm' | 'wasm-relaxed' | 'tfjs-wasm';
  readonly threads: number;
  readonly work: ProductWork | FactorizationWork;
}

/** What a page prepared. */
export interface PageWork {
  /** Steps of each run, and of a whole epoch; equal unless the epoch would take too long. */
  readonly steps: number;
  readonly allSteps: number;
}

/** The functions of the page, as properties of `globalThis`. */
export interface PageProgram {
  prepareWork(request: PageRequest): Promise<PageWork>;
  /** Does the prepared work once. */
  runWork(): Promise<Measurement>;
}

let run: PageProgram['runWork'];

async function prepareWork({ backend, threads, work }: PageRequest): Promise<PageWork> {
  const started =
    backend === 'tfjs-wasm' ? await (await import('./tfjs-wasm.js')).startTfjsWasm(threads) : await startOwn(backend);
  if (started !== threads) throw new Error(`bench (${backend}): expected ${threads} threads, received ${started}.`);
  return 'name' in work ? prepareFactorization(work) : prepareProduct(work);
}

/** @returns the number of threads, which this backend takes from the processors that the page sees */
async function startOwn(backend: 'wasm' | 'wasm-relaxed'): Promise<number> {
  const { reason } = await useBackend(backend);
  return Number(/(\d+) thread/.exec(reason)![1]);
}

function prepareProduct({ m, k, n, repeats }: ProductWork): PageWork {
  const [a, b] = [tf.randomUniform<tf.Rank.R2>([m, k]), tf.randomUniform<tf.Rank.R2>([k, n])];
  run = async () => {
    const start = performance.now();
    for (let call = 0; call < repeats; call++) tf.matMul(a, b).dispose();
    return { seconds: (performance.now() - start) / 1000 / repeats };
  };
  return { steps: 1, allSteps: 1 };
}

async function prepareFactorization({ name, longest, ...counts }: FactorizationWork): Promise<PageWork> {
  const configuration = configurations.find((each) => each.name === name)!;
  const all = await loadInteractions(counts);
  const allSteps = countSteps(all);
  const steps = longest === undefined ? allSteps : await chooseSteps(configuration, all, longest);
  const epochs = startEpochs(configuration, steps === allSteps ? all : selectRows(all, steps * batchSize));
  run = async () => ({ seconds: ((await epochs.next()).value!.seconds * allSteps) / steps });
  return { steps, allSteps };
}

/** Chooses the steps of a run: all if they take at most `longest` seconds, otherwise those of a quarter of it. */
async function chooseSteps(
  configuration: (typeof configurations)[number],
  all: Interactions,
  longest: number,
): Promise<number> {
  const trial = 4;
  const epochs = startEpochs(configuration, selectRows(all, trial * batchSize));
  await epochs.next(); // warms up
  const seconds = (await epochs.next()).value!.seconds / trial;
  await epochs.return(undefined);
  const allSteps = countSteps(all);
  return seconds * allSteps <= longest ? allSteps : Math.max(1, Math.floor(longest / 4 / seconds));
}

async function loadInteractions({
  userCount,
  itemCount,
}: Pick<FactorizationWork, 'userCount' | 'itemCount'>): Promise<Interactions> {
  const load = async (path: string) => new Int32Array(await (await fetch(path)).arrayBuffer());
  const createIds = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
  return {
    catalogue: { userCount, itemCount, userIds: createIds(userCount), itemIds: createIds(itemCount) },
    users: await load('/users'),
    items: await load('/items'),
  };
}

Object.assign(globalThis, { prepareWork, runWork: () => run() } satisfies PageProgram);
