import { createHash } from 'node:crypto';
import type { Dataset, Interactions } from '../types.js';

export interface InMemoryOptions {
  /** Name of the data, for results and for the protocol. */
  readonly name: string;
}

/**
 * Interactions that are already in memory, e.g. from `fromTable` or a database, as a dataset for `defineExperiment`.
 *
 * The protocol has the name and a fingerprint of the data, since it cannot name their source.
 *
 * @example
 * inMemory(fromTable(ratings), { name: 'my-ratings' })
 */
export function inMemory(interactions: Interactions, { name }: InMemoryOptions): Dataset {
  const { ratings, timestamps } = interactions;
  return {
    name: `in-memory(${name})`,
    protocol: { source: 'in-memory', name, fingerprint: hashColumns(interactions) },
    columns: { ratings: ratings !== undefined, timestamps: timestamps !== undefined },
    load: async () => interactions,
  };
}

/** The first 12 hexadecimal digits of the SHA-256 of columns and original ids. */
function hashColumns({ catalogue, users, items, ratings, timestamps, parts }: Interactions): string {
  const hash = createHash('sha256');
  const { userIds, itemIds } = catalogue;
  for (const [name, values] of Object.entries({ userIds, itemIds, users, items, ratings, timestamps, parts })) {
    if (!values) continue;
    hash.update(` ${name} ${values.length} `);
    hash.update(ArrayBuffer.isView(values) ? toBytes(values) : JSON.stringify(values));
  }
  return hash.digest('hex').slice(0, 12);
}

function toBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
