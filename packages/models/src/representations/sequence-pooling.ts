import { cumulativeSum, tf } from '@footlight/engine';
import type { Representation } from '../types.js';
import { applyMask, type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequencePoolingOptions extends SequenceOptions {
  /** Whether the sum is divided by the number of items read, plus one (Spotlight), or not (netrex). Default true. */
  readonly averaged?: boolean;
}

/**
 * Pooling sequence model: represents a user by the average of the vectors of the items so far.
 *
 * $$ u_t = \frac{\sum_{j \le t} e_{i_j}}{1 + t}, \quad s_{ti} = u_t \cdot e_i + b_i $$
 *
 * where t items were read, and $e_i$ and $b_i$ are the vector and the bias of item i; with `averaged: false` there is
 * no denominator.
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Spotlight, `PoolNet`, https://github.com/maciejkula/spotlight; Covington, Adams, Sargin, RecSys 2016
 */
export function sequencePooling({ averaged = true, ...options }: SequencePoolingOptions): Representation {
  return sequenceModel({ model: 'sequence-pooling', where: 'sequencePooling' }, options, { averaged }, () => ({
    parameters: {},
    encode(items, mask) {
      const sum = cumulativeSum(applyMask(items, mask));
      if (!averaged) return sum;
      return tf.div(sum, tf.add(tf.expandDims(tf.cumsum(mask, 1), 2), 1)); // [batch, time, dim]
    },
  }));
}
