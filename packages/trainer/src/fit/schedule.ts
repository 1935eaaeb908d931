import { assertInteger, assertNumber, omitUndefined } from '@footlight/core';
import type { Schedule } from '../types.js';

/** Constant learning rate: the factor is 1 throughout. */
export function constantRate(): Schedule {
  return { name: 'constant', protocol: { name: 'constant' }, factor: () => 1 };
}

export interface StepDecayOptions {
  /** Epochs between two changes. */
  readonly every: number;
  /** In (0, 1]. */
  readonly factor: number;
}

/**
 * Step decay: multiplies the learning rate by `factor` after every `every` epochs.
 *
 * $$ f(t) = \gamma^{\lfloor t / n \rfloor} $$
 */
export function stepDecay({ every, factor }: StepDecayOptions): Schedule {
  assertInteger('stepDecay(every)', every);
  assertNumber('stepDecay(factor)', factor, { above: 0, to: 1 });
  return {
    name: `step-decay(${every}, ${factor})`,
    protocol: { name: 'step-decay', every, factor },
    factor: (progress) => factor ** Math.floor(progress / every),
  };
}

export interface CosineDecayOptions {
  /** The factor at the end of the run, in [0, 1). Default 0. */
  readonly floor?: number;
}

/**
 * Cosine decay: lowers the learning rate along half a cosine, from 1 to `floor`.
 *
 * $$ f(t) = f_0 + (1 - f_0) \frac{1 + \cos(\pi t / T)}{2} $$
 *
 * @source Loshchilov and Hutter, ICLR 2017, https://arxiv.org/abs/1608.03983 (without restarts)
 */
export function cosineDecay({ floor = 0 }: CosineDecayOptions = {}): Schedule {
  assertNumber('cosineDecay(floor)', floor, { from: 0, below: 1 });
  return {
    name: `cosine-decay(${floor})`,
    protocol: { name: 'cosine-decay', floor },
    factor: (progress, epochs) => floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, progress / epochs)))) / 2,
  };
}

export interface WarmUpOptions {
  /** Length of the warm-up, above 0. */
  readonly epochs: number;
  /** The schedule that the warm-up multiplies. Default `constantRate()`. */
  readonly after?: Schedule;
}

/**
 * Linear warm-up: raises the learning rate linearly during the first `epochs` epochs, times another schedule.
 *
 * $$ f(t) = \min(1, t / w) \cdot g(t) $$
 */
export function warmUp({ epochs: length, after: schedule = constantRate() }: WarmUpOptions): Schedule {
  assertNumber('warmUp(epochs)', length, { above: 0 });
  return {
    name: `warm-up(${length}, ${schedule.name})`,
    protocol: { name: 'warm-up', epochs: length, after: schedule.protocol },
    ...omitUndefined({ metric: schedule.metric }),
    factor: (progress, epochs, completed) =>
      Math.min(1, progress / length) * schedule.factor(progress, epochs, completed),
  };
}
