import { assertInteger } from '@footlight/core';
import type { Dataset } from '../types.js';

export interface CountingSequencesOptions {
  /** Default 1000. */
  readonly users?: number;
  /** Items that everybody has, in this order: 1, 2, … length. Default 20. */
  readonly length?: number;
}

/**
 * Everybody counts from 1: what comes next is certain, so a model that reads sequences must learn it.
 *
 * Item 0 belongs to nobody; time is the position. Recall of the next item is 1 for a perfect model; popularity knows nothing.
 *
 * @source netrex, https://github.com/maciejkula/netrex
 */
export function countingSequences({ users: userCount = 1000, length = 20 }: CountingSequencesOptions = {}): Dataset {
  assertInteger('countingSequences(users)', userCount);
  assertInteger('countingSequences(length)', length);
  const count = userCount * length;
  return {
    name: `counting-sequences(${userCount} × ${length})`,
    protocol: { source: 'counting-sequences', users: userCount, length },
    columns: { ratings: false, timestamps: true },
    async load() {
      return {
        catalogue: {
          userCount,
          itemCount: length + 1,
          userIds: Int32Array.from({ length: userCount }, (_, id) => id),
          itemIds: Int32Array.from({ length: length + 1 }, (_, id) => id),
        },
        users: Int32Array.from({ length: count }, (_, row) => Math.floor(row / length)),
        items: Int32Array.from({ length: count }, (_, row) => 1 + (row % length)),
        timestamps: Float64Array.from({ length: count }, (_, row) => row % length),
      };
    },
  };
}
