import { assertInteger } from '@footlight/core';
import type { Dataset } from '../types.js';

export interface CountingSequencesOptions {
  /** Number of users. Default 1000. */
  readonly users?: number;
  /** Items per user, in this order: 1, 2, … length. Default 20. */
  readonly length?: number;
}

/**
 * Counting sequences: every user has the items 1, 2, 3, …, so that the next item is certain and a sequence model must
 * learn it.
 *
 * Item 0 has no interactions; the timestamp is the position. A perfect model reaches a recall of 1 for the next item;
 * popularity cannot tell the items apart.
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
