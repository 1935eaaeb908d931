import { atRandom, withValidation } from '@footlight/datasets';
import type { EvaluationSpec } from '@footlight/trainer';

/** For splits without a validation part: a random tenth of the training rows is held out to choose options. */
export const validateAtRandom = <Spec extends EvaluationSpec>(evaluation: Spec): Spec => ({
  ...evaluation,
  split: withValidation(evaluation.split, { validation: atRandom({ test: 0.1, order: 'source' }) }),
});
