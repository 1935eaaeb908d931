import type { Dataset, Interactions } from '../types.js';
import { OWN_DATA } from './own-data.js';

export interface InMemoryOptions {
  /** Name of the data, for results. */
  readonly name: string;
}

/**
 * Interactions that are already in memory, e.g. from `fromTable` or a database, as a dataset for `defineExperiment`.
 *
 * The protocol has the fingerprint of the data and not their name, as with `table`.
 *
 * @example
 * inMemory(fromTable(ratings), { name: 'my-ratings' })
 */
export function inMemory(interactions: Interactions, { name }: InMemoryOptions): Dataset {
  const { ratings, timestamps } = interactions;
  return {
    name: `in-memory(${name})`,
    protocol: OWN_DATA,
    columns: { ratings: ratings !== undefined, timestamps: timestamps !== undefined },
    load: async () => interactions,
  };
}
