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
import type { Measurement } from '../measure/benchmark-case.js';
import { readPeakBytes } from '../measure/read-peak-bytes.js';

// Reads or prepares a file once and prints a Measurement: reading-process.ts <read|prepare> <file> <held-out users>.

const [task, path, heldOut] = process.argv.slice(2) as ['read' | 'prepare', string, string];
const rng = createRng(0);
const start = performance.now();
const outcome = await { read, prepare }[task]();
const seconds = (performance.now() - start) / 1000;
const measurement: Measurement = { seconds, peakBytes: readPeakBytes(), ...outcome };
console.log(JSON.stringify(measurement));

async function read(): Promise<{ rows: number }> {
  return { rows: (await load()).users.length };
}

/** Prepares ratings for the Mult-VAE, as Liang et al. (WWW 2018) prepare MovieLens 20M. */
async function prepare(): Promise<{ rows: number; checksum: number }> {
  const held = { validation: Number(heldOut), test: Number(heldOut), targets: 0.2 };
  const split = holdOutUsers({ ...held, seed: 98765, order: 'source', rounding: 'truncate' });
  const { train, validation, test } = split.split(
    minimumCounts({ users: 5 }).apply(minimumRating({ rating: 4 }).apply(await load())),
    rng,
  );
  const subsets = [train, validation!.history, validation!.targets, test.history, test.targets];
  const arrays = subsets.map(toBaskets);
  return {
    rows: arrays.reduce((sum, { items }) => sum + items.length, 0),
    checksum: computeChecksum(validation!.targets),
  };
}

/** Depends on every draw: on held-out users, on their targets and on the dense ids of both. */
function computeChecksum({ users, items }: Interactions): number {
  let sum = 0;
  for (let row = 0; row < users.length; row++) sum += (users[row]! + 1) * (items[row]! + 1);
  return sum;
}

function load(): Promise<Interactions> {
  // With a listener, since users of the command line see the progress as well.
  return createDataset().load({ rng, directory: dirname(path), onProgress: () => undefined });
}

function createDataset(): Dataset {
  if (path.endsWith('.zip')) return movielens('20m', { archive: basename(path) });
  return table({ path, user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' });
}
