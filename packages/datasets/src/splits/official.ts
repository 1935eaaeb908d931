import { invalid } from '@footlight/core';
import { rowsWhere, selectRows } from '../select-rows.js';
import type { Split } from '../types.js';

/**
 * The partition that the source publishes, e.g. `ua.base` and `ua.test` of MovieLens 100K.
 *
 * @throws {RecsysError} `invalid-argument` if the source publishes none
 */
export function official(): Split {
  return {
    name: 'official',
    protocol: { name: 'official' },
    split(interactions) {
      const parts =
        interactions.parts ??
        invalid('official', 'a dataset with a partition of its own', 'one without', 'Try leaveLastOut(), or a dataset that has one.');
      const part = (wanted: number) =>
        selectRows(
          interactions,
          rowsWhere(parts.length, (row) => parts[row] === wanted),
        );
      const train = part(0);
      return { train, test: { history: train, targets: part(1) } };
    },
  };
}
