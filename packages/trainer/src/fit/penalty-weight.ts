import { assertNumber, invalid } from '@footlight/core';
import type { PenaltyWeight, TrainingProgress } from '../types.js';

/** Constant penalty weight: β is the same throughout training. */
export function constantPenalty({ weight }: { readonly weight: number }): PenaltyWeight {
  assertNumber('constantPenalty(weight)', weight, { from: 0 });
  return {
    name: `constant(${weight})`,
    protocol: { name: 'constant', weight },
    weight: () => weight,
    isFinal: () => true,
    withCap: (cap) => constantPenalty({ weight: Math.min(weight, cap) }),
    scaledTo: (final) => constantPenalty({ weight: final }),
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
  assertNumber('annealed(cap)', cap, { above: 0 }, 'For no penalty, take constantPenalty({ weight: 0 }).');
  if ((steps === undefined) === (epochs === undefined))
    invalid('annealed(steps, epochs)', 'one of the two', steps === undefined ? 'none' : 'both');
  const length = assertNumber(
    steps === undefined ? 'annealed(epochs)' : 'annealed(steps)',
    (steps ?? epochs) as number,
    { above: 0 },
  );
  const locate = ({ step, progress }: TrainingProgress) => (steps === undefined ? progress : step);
  const isFinal = (reached: TrainingProgress) => locate(reached) >= length;
  const scaledTo = (final: number) =>
    final === 0 ? constantPenalty({ weight: 0 }) : annealed({ cap: final, steps, epochs } as AnnealedOptions);
  return {
    name: `annealed(${cap}, ${length} ${steps === undefined ? 'epochs' : 'steps'})`,
    protocol: { name: 'annealed', cap, ...(steps === undefined ? { epochs: length } : { steps: length }) },
    weight: (reached) => (isFinal(reached) ? cap : (cap * locate(reached)) / length),
    isFinal,
    withCap(lower) {
      if (lower >= cap) return scaledTo(cap);
      if (lower === 0) return constantPenalty({ weight: 0 });
      const shorter = (length * lower) / cap; // the slope stays the same
      return annealed(steps === undefined ? { cap: lower, epochs: shorter } : { cap: lower, steps: shorter });
    },
    scaledTo,
  };
}
