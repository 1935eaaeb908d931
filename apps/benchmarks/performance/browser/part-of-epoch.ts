import type { Interactions } from '@footlight/datasets';
import { batchSize } from '../engine/factorization-training.js';

/** The number of steps of an epoch. */
export function countSteps({ users }: Interactions): number {
  return Math.ceil(users.length / batchSize);
}

/** Selects rows at equal distances. Users and items keep their ids, so that tables keep their sizes. */
export function selectRows({ catalogue, users, items }: Interactions, count: number): Interactions {
  const select = (ids: Int32Array) =>
    Int32Array.from({ length: count }, (_, row) => ids[Math.floor((row * ids.length) / count)]!);
  return { catalogue, users: select(users as Int32Array), items: select(items as Int32Array) };
}
