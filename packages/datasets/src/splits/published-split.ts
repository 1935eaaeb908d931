import { invalid } from '@footlight/core';
import type { Split } from '../types.js';
import { splitByPart } from './split-by-part.js';

/**
 * The partition that the source publishes, e.g. `ua.base` and `ua.test` of MovieLens 100K.
 *
 * @throws {RecsysError} `invalid-argument` if the source publishes none
 */
export function publishedSplit(): Split {
  return {
    name: 'published-split',
    protocol: { name: 'published-split' },
    split(interactions) {
      const hint = 'Try leaveLastOut(), or a dataset that has one.';
      const parts =
        interactions.parts ?? invalid('publishedSplit', 'a dataset with a partition of its own', 'one without', hint);
      const part = parts.map((at) => 2 * at); // 1 stands for test in the source
      return splitByPart('publishedSplit', interactions, part, false);
    },
  };
}
