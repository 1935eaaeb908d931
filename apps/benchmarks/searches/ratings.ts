import { atRandom, byUser, windowTargets, withValidation } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import type { Representation } from '@footlight/models';
import { medianPruner } from '@footlight/studies';
import { defineSearch, type SpaceTrial } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { evaluation, sequenceEvaluation } from '../experiments/ratings.js';

// Shared by the searches of the models of "PyTorch for Recommenders 101". A tenth of the training ratings, or users,
// is for validation; the experiments train on all of them.

export const validated = {
  ...evaluation,
  split: withValidation(evaluation.split, { validation: atRandom({ test: 0.1 }) }),
} as const;

export const sequenceValidated = {
  ...sequenceEvaluation,
  split: windowTargets(withValidation(byUser({ test: 0.2 }), { validation: byUser({ test: 0.1, seed: 43 }) }), {
    ...sequenceEvaluation.windows,
    targets: 'every',
  }),
} as const;

/** The search for learning rate, weight decay and number of epochs of a model of ratings. */
export function createRatingSearch(
  createModel: (trial: SpaceTrial) => Representation,
  epochs: { readonly low: number; readonly high: number },
) {
  return defineSearch({
    space(trial) {
      const learningRate = trial.float('learningRate', { low: 5e-4, high: 1e-2, log: true });
      const l2 = trial.float('l2', { low: 1e-6, high: 1e-3, log: true });
      return defineExperiment({
        ...validated,
        model: createModel(trial),
        loss: squaredLoss(),
        epochs: trial.integer('epochs', epochs),
        optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
      });
    },
    objective: { metric: 'rmse' },
    trials: 40,
    pruner: medianPruner({ warmupSteps: 2 }),
  });
}
