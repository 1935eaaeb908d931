import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createRng } from '@footlight/core';
import { atRandom, type Dataset, holdOutUsers, leaveLastOut } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { ease, factorization, multVae } from '@footlight/models';
import { openResultsFolder } from '@footlight/report';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { annealed, defineExperiment, type Experiment, stopEarly, twoStaged } from '@footlight/trainer';
import { lockRun } from './actions/lock-run.js';
import { runAndStore } from './actions/run-and-store.js';

/** 41 users of two tastes, 6 of 23 items each. */
const dataset: Dataset = {
  name: 'two tastes',
  protocol: {},
  columns: { ratings: false, timestamps: true },
  load: async () => {
    const rows = Array.from({ length: 41 * 6 }, (_, row) => ({ user: Math.floor(row / 6), k: row % 6 }));
    const catalogue = {
      userCount: 41,
      itemCount: 23,
      userIds: Int32Array.from({ length: 41 }, (_, at) => at),
      itemIds: Int32Array.from({ length: 23 }, (_, at) => at),
    };
    const items = Int32Array.from(rows, ({ user, k }) => 2 * ((3 * user + 2 * k) % 11) + (user % 2));
    const timestamps = Float64Array.from(rows, (_, row) => row);
    return { catalogue, users: Int32Array.from(rows, ({ user }) => user), items, timestamps };
  },
};

const evaluated = { dataset, metrics: [ndcg({ at: 5 })], seed: 5 };
const shared = { ...evaluated, epochs: 4, batchSize: 64 };
const optimizer = () => adam({ learningRate: 0.05 });
const gradient = { model: factorization({ dim: 3 }), loss: bprLoss(), optimizer };
// No later epoch improves on the first one that counts: the best epoch is not the last.
const stop = { metric: 'ndcg@5', patience: 3, minimumChange: 0.9 } as const;
const baskets = {
  ...shared,
  split: holdOutUsers({ validation: 7, test: 11 }),
  model: multVae({ dims: [5, 2] }),
  loss: multinomialLoss(),
  optimizer,
  penalty: annealed({ cap: 1, epochs: 2 }),
};

/** Experiments of every kind, with the number of seeds. */
export const kinds: Readonly<Record<string, { readonly experiment: Experiment; readonly seeds: number }>> = {
  gradient: { experiment: defineExperiment({ ...shared, ...gradient, split: atRandom({ test: 0.2 }) }), seeds: 1 },
  'several seeds': {
    experiment: defineExperiment({ ...shared, ...gradient, epochs: 2, split: atRandom({ test: 0.2 }) }),
    seeds: 3,
  },
  solver: {
    experiment: defineExperiment({ ...evaluated, split: atRandom({ test: 0.2 }), model: ease({ regularization: 3 }) }),
    seeds: 2,
  },
  'early stopping': { experiment: defineExperiment({ ...baskets, stopEarly: stopEarly(stop) }), seeds: 1 },
  refit: {
    experiment: defineExperiment({
      ...shared,
      ...gradient,
      split: leaveLastOut(),
      stopEarly: stopEarly({ ...stop, patience: 2 }),
      refit: true,
    }),
    seeds: 1,
  },
  'two stages': {
    experiment: twoStaged(defineExperiment({ ...baskets, stopEarly: stopEarly({ ...stop, patience: 2 }) })),
    seeds: 2,
  },
  'two stages at one slope': {
    experiment: twoStaged(defineExperiment({ ...baskets, stopEarly: stopEarly(stop) }), { secondRise: 'same-slope' }),
    seeds: 1,
  },
};

/** A folder in which experiments of one kind run, and whose process a test ends at a place of its choice. */
export interface CrashRun {
  readonly folder: string;
  /** Runs the experiment, saves its model and stores its result. */
  run(resume: boolean): Promise<void>;
  /** All files, without times. */
  read(): Record<string, string>;
  /** Has the locks of the process belong to one that has ended some time ago. */
  end(): void;
  clear(): void;
  remove(): void;
}

export function createCrashRun(kind: string): CrashRun {
  const { experiment, seeds } = kinds[kind]!;
  const folder = mkdtempSync(join(tmpdir(), 'footlight-crash-'));
  const artifact = join(folder, 'model.safetensors');
  const list = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  return {
    folder,
    async run(resume) {
      const results = openResultsFolder(join(folder, 'results'));
      const lock = await lockRun(['own/it'], results, artifact);
      try {
        await runAndStore('own/it', experiment, {
          seeds,
          resume,
          artifact,
          command: 'footlight run own/it',
          folder: results,
          signal: new AbortController().signal,
          onSeed: () => ({ onProgress: () => {}, onEpoch: () => {} }),
        });
      } finally {
        await lock.release();
      }
    },
    read: () =>
      Object.fromEntries(
        list().map((path) => {
          const text = readFileSync(path, 'latin1');
          return [relative(folder, path), path.endsWith('/it.json') ? removeTimes(text) : text];
        }),
      ),
    end() {
      for (const path of list().filter((each) => each.includes('.lock'))) {
        const text = readFileSync(path, 'utf8');
        writeFileSync(path, text.replace(/"process": \d+/, `"process": ${2 ** 22 + 7}`));
        utimesSync(path, new Date(), Date.now() / 1000 - 11); // later, for what was not even written
      }
    },
    clear: () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function removeTimes(text: string): string {
  const { date: _, seconds: __, ...result } = JSON.parse(text);
  return JSON.stringify(result);
}

export interface CrashReport {
  readonly crashes: number;
  /** Where a resumed run differs from the uninterrupted one: kind, operation and what differs. */
  readonly differences: readonly string[];
}

/**
 * Runs an experiment, ends it before, within or after operations on files, resumes it, and compares
 * all files with those of the uninterrupted run. Every third run is ended a second time while it resumes.
 *
 * @param places beginnings of the operations at which runs end, one each; undefined: one drawn at random
 */
export async function crashAndResume(kind: string, places: readonly (string | undefined)[]): Promise<CrashReport> {
  const line = createCrashRun(kind);
  const differences: string[] = [];
  let crashes = 0;
  try {
    const all = interceptFiles(line.folder);
    await line.run(false).finally(() => all.restore());
    const whole = line.read();
    const rng = createRng(kind);
    const crashOnce = async (resume: boolean, beginning?: string): Promise<string> => {
      const crash = (['before', 'within', 'after'] as const)[rng.integer(3)]!;
      const at =
        beginning === undefined
          ? rng.integer(all.operations.length)
          : all.operations.findIndex((each) => each.startsWith(beginning));
      const files = interceptFiles(line.folder, ({ number }) => (number === at ? { crash } : undefined));
      const error = await line.run(resume).catch((cause: Error) => cause);
      files.restore();
      if (!files.crashed) return error ? `${(error as Error).message} without a crash` : 'complete';
      crashes++;
      line.end();
      return `${crash} ${files.operations[at]}`;
    };
    for (const [trial, place] of places.entries()) {
      line.clear();
      const ends = [await crashOnce(false, place)];
      if (trial % 3 === 2) ends.push(await crashOnce(true));
      const where = `${kind}, ${ends.join(', then ')}`;
      const error = await line.run(true).catch((cause: Error) => cause);
      if (error) differences.push(`${where}: ${error.stack}`);
      const resumed = line.read();
      for (const name of new Set([...Object.keys(whole), ...Object.keys(resumed)]))
        if (whole[name] !== resumed[name]) differences.push(`${where}: ${name}`);
    }
  } finally {
    line.remove();
  }
  return { crashes, differences };
}
