import { basename, dirname } from 'node:path';
import { createRng } from '@footlight/core';
import {
  type Dataset,
  holdOutUsers,
  type Interactions,
  minimumCounts,
  minimumRating,
  movielens,
  table,
  toBaskets,
} from '@footlight/datasets';
import { createProgressLine } from '../../../packages/cli/src/terminal/progress.js';
import type { Measured, Task } from './measured.js';

// One measurement in a process of its own, so that its peak is its own: ours.ts <read|prepare> <file>.

const [task, path] = process.argv.slice(2) as [Task, string];
const rng = createRng(0);
let reports = 0;
const begun = performance.now();
const outcome = await { read, prepare }[task]();
const seconds = (performance.now() - begun) / 1000;
const measured: Measured = { seconds, peakBytes: 1024 * process.resourceUsage().maxRSS, ...outcome, reports };
console.log(JSON.stringify(measured));

async function read(): Promise<{ rows: number }> {
  return { rows: (await load()).users.length };
}

/** As Liang et al. (WWW 2018) prepare MovieLens 20M for the Mult-VAE. */
async function prepare(): Promise<{ rows: number; checksum: number }> {
  const split = holdOutUsers({ validation: 10_000, test: 10_000, targets: 0.2, seed: 98765 });
  const { train, validation, test } = split.split(
    minimumCounts({ users: 5 }).apply(minimumRating({ rating: 4 }).apply(await load())),
    rng,
  );
  const parts = [train, validation!.history, validation!.targets, test.history, test.targets];
  const arrays = parts.map(toBaskets);
  return { rows: arrays.reduce((sum, { items }) => sum + items.length, 0), checksum: checksumOf(validation!.targets) };
}

/** Depends on every draw: on who is held out, on what is asked of them, and on how both are numbered. */
function checksumOf({ users, items }: Interactions): number {
  let sum = 0;
  for (let row = 0; row < users.length; row++) sum += (users[row]! + 1) * (items[row]! + 1);
  return sum;
}

async function load(): Promise<Interactions> {
  const bar = createProgressLine('reading', process.stderr);
  try {
    return await dataset().load({
      rng,
      directory: dirname(path),
      onProgress(progress) {
        reports++;
        bar.show(progress);
      },
    });
  } finally {
    bar.clear();
  }
}

function dataset(): Dataset {
  if (path.endsWith('.zip')) return movielens('20m', { archive: basename(path) });
  return table({ path, user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' });
}
