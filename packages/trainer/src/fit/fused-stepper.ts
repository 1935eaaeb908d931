import { bilinearSteps } from '@footlight/engine';
import { findFormula } from '@footlight/losses';
import { sampleNegatives } from './sample-negatives.js';
import { selectQueries } from './select-queries.js';
import type { StepContext, Stepper } from './types.js';

/**
 * Fused stepper: the whole step of a bilinear model is one call of an engine kernel, which continues in the background
 * while the caller prepares the next batch.
 *
 * Bilinear batches are pairs without padding, so their mean loss needs no mask. The kernel has no weights, and each
 * query has negatives of its own.
 *
 * @returns `undefined` where the backend, the model, the loss or the optimizer has no fused step, where interactions
 *   have weights, or where queries share negatives
 */
export function createFusedStepper(context: StepContext): Stepper | undefined {
  const { network, parameters, loss, optimizer } = context;
  const formula = loss.kind === 'ranking' ? findFormula(loss) : undefined;
  if (!network.bilinear || !formula) return undefined;
  if (network.planEpoch || context.isWeighted || context.sampler?.sampleShared) return undefined;
  const steps = bilinearSteps({ tables: network.bilinear, parameters, loss: formula, optimizer });
  return (
    steps && {
      begin(step) {
        const queries = selectQueries(step.batch);
        const { users, targets: positives } = queries;
        const { items: negatives } = sampleNegatives(context, queries, step)!;
        return steps.begin({ users, positives, negatives }, step.learningRateFactor);
      },
      flush: () => steps.flush(),
    }
  );
}
