import { atRandom, withValidation } from '@footlight/datasets';
import { evaluation } from '../experiments/talk.js';

/** A random tenth of the training ratings is for validation; the experiments train on all of them. */
export const validated = {
  ...evaluation,
  split: withValidation(evaluation.split, { validation: atRandom({ test: 0.1, order: 'source' }) }),
} as const;
