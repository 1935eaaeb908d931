import { createRng } from '@footlight/core';
import { type Interactions, movielens } from '@footlight/datasets';

let loaded: Promise<Interactions> | undefined;

/** Loads MovieLens 1M once. It is downloaded, or read from the folder FOOTLIGHT_DATA. */
export function loadRatings(): Promise<Interactions> {
  loaded ??= movielens('1m').load({ rng: createRng('benchmarks') });
  return loaded;
}

/** Selects the interactions of users 1 to `last` of the source, whose times are exact in every copy of the archive. */
export function selectUsers(all: Interactions, last: number): Interactions {
  const rows = [...all.users.keys()].filter((row) => Number(all.catalogue.userIds[all.users[row]!]) <= last);
  return {
    catalogue: all.catalogue,
    users: Int32Array.from(rows, (row) => all.users[row]!),
    items: Int32Array.from(rows, (row) => all.items[row]!),
    timestamps: Float64Array.from(rows, (row) => all.timestamps![row]!),
  };
}
