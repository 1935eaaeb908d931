import { ease } from '@footlight/models';
import { gridSampler } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment, type EvaluationSpec } from '@footlight/trainer';

const regularization = [25, 50, 100, 250, 500, 1000, 2000] as const;

/** The search for λ of EASE: every value of a grid once. */
export function createEaseSearch(evaluation: EvaluationSpec) {
  return defineSearch({
    space: (trial) =>
      defineExperiment({
        ...evaluation,
        model: ease({ regularization: trial.categorical('regularization', regularization) }),
      }),
    objective: { metric: 'ndcg@100' },
    trials: regularization.length,
    sampler: gridSampler({ regularization }),
  });
}
