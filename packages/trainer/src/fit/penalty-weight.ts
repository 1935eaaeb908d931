import { invalid } from '@footlight/core';
import type { PenaltyWeight } from '../types.js';

/** Constant penalty weight: β is the same throughout training. */
export function constantPenalty({ weight }: { readonly weight: number }): PenaltyWeight {
  if (!(weight >= 0 && weight < Infinity)) invalid('constantPenalty(weight)', 'a finite number from 0', weight);
  return {
    name: `constant(${weight})`,
    protocol: { name: 'constant', weight },
    weight: () => weight,
    withCap: (cap) => constantPenalty({ weight: Math.min(weight, cap) }),
  };
}

/** The final weight, and how long the weight rises: a number of steps or of epochs. */
export type AnnealedOptions = {
  /** The final weight, above 0. */
  readonly cap: number;
} & ({ readonly steps: number; readonly epochs?: never } | { readonly epochs: number; readonly steps?: never });

/**
 * Annealed penalty weight: β rises linearly from 0 to `cap` and stays there.
 *
 * $$ \beta(t) = \min(\beta^*, \beta^* t / T) $$
 *
 * @example
 * annealed({ cap: 0.2, epochs: 170 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, §2.2.2
 */
export function annealed({ cap, steps, epochs }: AnnealedOptions): PenaltyWeight {
  if (!(cap > 0 && cap < Infinity))
    invalid('annealed(cap)', 'a finite number above 0', cap, 'For no penalty, take constantPenalty({ weight: 0 }).');
  const length = steps ?? epochs;
  if (!(length !== undefined && length > 0)) invalid('annealed(steps, epochs)', 'a number above 0', length);
  return {
    name: `annealed(${cap}, ${length} ${steps === undefined ? 'epochs' : 'steps'})`,
    protocol: { name: 'annealed', cap, ...(steps === undefined ? { epochs: length } : { steps: length }) },
    weight: ({ step, progress }) => Math.min(cap, (cap * (steps === undefined ? progress : step)) / length),
    withCap(lower) {
      if (lower >= cap) return annealed({ cap, steps, epochs } as AnnealedOptions);
      if (lower === 0) return constantPenalty({ weight: 0 });
      const shorter = (length * lower) / cap; // the slope stays the same
      return annealed(steps === undefined ? { cap: lower, epochs: shorter } : { cap: lower, steps: shorter });
    },
  };
}
