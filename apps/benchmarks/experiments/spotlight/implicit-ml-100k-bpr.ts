import { sigmoidBprLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { createImplicit } from '../spotlight-sequences.js';

export default defineExperiment({
  ...createImplicit(sigmoidBprLoss()),
  published: { mrr: 0.07 },
  note: 'The published value is a lower bound: a test of Spotlight fails below it.',
});
