import { assertNumber, invalid } from '@footlight/core';
import type { Filter } from '../types.js';

export interface RecencyDecayOptions {
  /** Days after which an interaction counts half as much, above 0. */
  readonly halfLife: number;
}

const SECONDS_PER_DAY = 86_400;

/**
 * Recency decay: older interactions count less in training, by an exponential with a half-life.
 *
 * $$ w_r \leftarrow w_r \, 2^{-(t_{\max} - t_r) / h} $$
 *
 * where $t_r$ is the time of row r, $t_{\max}$ the latest time of all rows, $h$ the half-life, and $w_r$ its weight, 1
 * where interactions have none. All rows stay. Losses are weighted means, on which $t_{\max}$ has no influence; `ials`
 * counts the weights themselves.
 *
 * @throws {RecsysError} `invalid-argument` for a half-life that is not above 0, without timestamps, or if timestamps
 *   are positions in histories
 * @example
 * recencyDecay({ halfLife: 90 }) // three months
 * @source Ding and Li, CIKM 2005, https://doi.org/10.1145/1099554.1099689
 */
export function recencyDecay({ halfLife }: RecencyDecayOptions): Filter {
  assertNumber('recencyDecay(halfLife)', halfLife, { above: 0 });
  return {
    name: `recency-decay(${halfLife} days)`,
    protocol: { name: 'recency-decay', halfLife },
    apply(interactions) {
      const { timestamps, positions, weights } = interactions;
      if (!timestamps || positions)
        return invalid(
          'recencyDecay',
          'interactions with times',
          positions ? 'positions in histories, which are no times' : 'none',
          'Name the column of the times.',
        );
      const latest = timestamps.reduce((most, time) => Math.max(most, time), -Infinity);
      const decay = (time: number) => 2 ** ((time - latest) / (halfLife * SECONDS_PER_DAY));
      return {
        ...interactions,
        weights: Float32Array.from(timestamps, (time, row) => (weights?.[row] ?? 1) * decay(time)),
      };
    },
  };
}
