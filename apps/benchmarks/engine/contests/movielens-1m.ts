import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { type Interactions, movielens } from '@footlight/datasets';

let loaded: Promise<Interactions> | undefined;

/** MovieLens 1M, read once. */
export function ratings(): Promise<Interactions> {
  loaded ??= movielens('1m').load({ rng: createRng('benchmarks') });
  return loaded;
}

/** The interactions of those users of the source, whose times are exact in every copy that goes round. */
export function usersUpTo(all: Interactions, last: number): Interactions {
  const keep = [...all.users.keys()].filter((row) => Number(all.catalogue.userIds[all.users[row]!]) <= last);
  return {
    catalogue: all.catalogue,
    users: Int32Array.from(keep, (row) => all.users[row]!),
    items: Int32Array.from(keep, (row) => all.items[row]!),
    timestamps: Float64Array.from(keep, (row) => all.timestamps![row]!),
  };
}

/** Writes numbers where `peers.py` reads them. @returns the path */
export function fileOf(name: string, values: Int32Array | Float32Array): string {
  const path = join(tmpdir(), `footlight-engine-${name}.bin`);
  writeFileSync(path, values);
  return path;
}
