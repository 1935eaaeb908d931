import { type Json, omitUndefined } from '@footlight/core';
import { adam, type Optimizer } from '@footlight/engine';
import type { LearnedExperiment } from '../types.js';

/** The optimizer of experiments that name none. */
export const createDefaultOptimizer = (): Optimizer => adam({ learningRate: 0.01 });

/** Describes the training options of an experiment as data, with the defaults filled in. */
export function describeTraining({
  model,
  loss,
  negatives,
  epochs,
  batchSize = 256,
  windows,
  optimizer = createDefaultOptimizer,
  schedule,
  penalty,
  precision,
  stopEarly,
  twoStaged,
  ratingScale,
}: LearnedExperiment): { readonly [option: string]: Json } {
  return {
    model: { name: model.name, ...model.protocol },
    loss: loss.name,
    ...omitUndefined({ ratingScale: ratingScale?.protocol }),
    negatives: negatives
      ? { name: negatives.name, ...negatives.protocol }
      : loss.kind === 'ranking'
        ? `uniform(${loss.negativeCount ?? 1})`
        : null,
    epochs,
    batchSize,
    ...omitUndefined({ windows: windows && { ...windows } }),
    optimizer: optimizer().protocol,
    schedule: schedule?.name ?? 'constant',
    ...omitUndefined({ penalty: penalty?.protocol, precision: precision === 'bf16' ? precision : undefined }),
    stopEarly: stopEarly
      ? {
          metric: stopEarly.metric,
          patience: stopEarly.patience,
          minimumChange: stopEarly.minimumChange,
          better: stopEarly.better,
          ...(penalty ? { whileAnnealing: stopEarly.whileAnnealing } : {}),
        }
      : null,
    ...omitUndefined({ twoStaged: twoStaged && { ...twoStaged } }),
  };
}
