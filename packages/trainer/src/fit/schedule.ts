import { type Described, invalid } from '@footlight/core';
import type { EpochReport } from '../run/report.js';

/** A factor on the learning rate over the course of training. */
export interface Schedule extends Described {
  /** Metric of the validation part that it goes by; it is then measured after every epoch. */
  readonly metric?: string;
  /** `progress` counts epochs and is fractional within one; `epochs` is the length of the run; `past` are the epochs completed, in order. */
  factor(progress: number, epochs: number, past?: readonly EpochReport[]): number;
}

/** The learning rate as given, throughout. */
export function constantRate(): Schedule {
  return { name: 'constant', protocol: { name: 'constant' }, factor: () => 1 };
}

/**
 * Multiplies the learning rate by `factor` after every `every` epochs.
 *
 * $$ f(t) = \gamma^{\lfloor t / n \rfloor} $$
 */
export function stepDecay({ every, factor }: { every: number; factor: number }): Schedule {
  if (!Number.isSafeInteger(every) || every < 1) invalid('stepDecay(every)', 'a positive integer', every);
  if (!(factor > 0 && factor <= 1)) invalid('stepDecay(factor)', 'a number in (0, 1]', factor);
  return {
    name: `step-decay(${every}, ${factor})`,
    protocol: { name: 'step-decay', every, factor },
    factor: (progress) => factor ** Math.floor(progress / every),
  };
}

/**
 * Lets the learning rate fall along half a cosine, from 1 to `floor`.
 *
 * $$ f(t) = f_0 + (1 - f_0) \frac{1 + \cos(\pi t / T)}{2} $$
 *
 * @source Loshchilov and Hutter, ICLR 2017, https://arxiv.org/abs/1608.03983 (without restarts)
 */
export function cosineDecay({ floor = 0 }: { floor?: number } = {}): Schedule {
  if (!(floor >= 0 && floor < 1)) invalid('cosineDecay(floor)', 'a number in [0, 1)', floor);
  return {
    name: `cosine-decay(${floor})`,
    protocol: { name: 'cosine-decay', floor },
    factor: (progress, epochs) => floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, progress / epochs)))) / 2,
  };
}

/**
 * Lets the learning rate rise linearly to 1 during the first `epochs` epochs, then hands over to another schedule.
 *
 * $$ f(t) = \min(1, t / w) \cdot g(t) $$
 */
export function warmUp({ epochs: warm, after = constantRate() }: { epochs: number; after?: Schedule }): Schedule {
  if (!(warm > 0)) invalid('warmUp(epochs)', 'a positive number', warm);
  return {
    name: `warm-up(${warm}, ${after.name})`,
    protocol: { name: 'warm-up', epochs: warm, after: after.protocol },
    ...(after.metric === undefined ? {} : { metric: after.metric }),
    factor: (progress, epochs, past) => Math.min(1, progress / warm) * after.factor(progress, epochs, past),
  };
}
