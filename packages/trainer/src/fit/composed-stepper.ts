import { tf, valueAndGradients, withPrecision } from '@footlight/engine';
import type { Training } from '@footlight/layers';
import { comparesScores } from '@footlight/losses';
import { toQueries } from '../recommend/model-input.js';
import { computeLosses } from './compute-losses.js';
import { sampleNegatives } from './sample-negatives.js';
import { type StepQueries, selectQueries } from './select-queries.js';
import type { Step, StepContext, Stepper } from './types.js';

/**
 * Composed stepper: records the forward pass on a gradient tape and passes the gradients to the optimizer. Works for
 * every model, loss and optimizer. Together with the fused stepper this is the only place where losses are masked,
 * weighted and averaged:
 *
 * $$ L = \frac{\sum_q w_q \ell_q}{\sum_q w_q} + \frac{\beta}{B} \sum_b \text{penalty}_b $$
 *
 * where q are the real queries and $w_q$ is the weight of the interaction, by default 1. Padding is not scored. A batch
 * without any real query changes nothing. The mean of each penalty that the model adds while it scores is added too.
 */
export function createComposedStepper(context: StepContext): Stepper {
  return {
    begin(step) {
      const queries = selectQueries(step.batch);
      if (queries.targets.length === 0) return () => 0;
      const loss = runStep(context, step, queries);
      return async () => {
        const [value] = await loss.data(); // waits without stopping the page where the loss is on a device
        loss.dispose();
        return value!;
      };
    },
    flush() {}, // every step is complete when `begin` returns
  };
}

/** @returns L before the update; the caller disposes of it */
function runStep(context: StepContext, step: Step, queries: StepQueries): tf.Scalar {
  const { network, parameters, loss, optimizer, precision = 'fp32' } = context;
  const { batch, rng, learningRateFactor, epoch, penaltyWeight } = step;
  const plan = network.planEpoch?.(epoch);
  const chosen = plan ? new Map([...parameters].filter(([path]) => plan.trains(path))) : parameters;
  const negatives = sampleNegatives(context, queries, step);
  return tf.tidy(() => {
    const counted = weighQueries(queries);
    const weights = tf.tensor1d(counted); // [query]
    const isEmpty = counted.every((weight) => weight === 0);
    const { value, gradients } = withPrecision(precision, () =>
      valueAndGradients(() => {
        const penalties: tf.Tensor1D[] = [];
        const training: Training = {
          rng: rng.fork('layers'),
          epoch,
          comparesScores: comparesScores(loss),
          addPenalty: (added) => void penalties.push(added),
        };
        const { vectors, penalty } = network.encode(toQueries(batch), training); // [batch, time, dim], [batch]
        if (penalty) penalties.push(penalty);
        const flat = selectRows(flattenSteps(vectors, batch.lastStepOnly), queries.positions); // [query, dim]
        const losses = computeLosses(context, { queries, batch, negatives }, flat, training); // [query]
        const mean = tf.div(tf.sum(tf.mul(losses, weights)), isEmpty ? 1 : tf.sum(weights)) as tf.Scalar;
        return penalties.reduce((sum, each) => tf.add(sum, tf.mul(penaltyWeight, tf.mean(each))), mean);
      }, chosen),
    );
    optimizer.apply(chosen, gradients, { factor: learningRateFactor });
    return tf.keep(value);
  });
}

/** How much each query counts in the mean, `[query]`. */
function weighQueries({ weights, targets }: StepQueries): Float32Array {
  return weights ?? new Float32Array(targets.length).fill(1);
}

/** The vectors of all steps, or of the last step of each row: `[batch, time, dim]` → `[target, dim]`. */
function flattenSteps(vectors: tf.Tensor3D, lastStepOnly = false): tf.Tensor2D {
  const [batch, time, dim] = vectors.shape;
  const steps = lastStepOnly ? tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]) : vectors;
  return tf.reshape(steps, [-1, dim]);
}

/** The vectors of the real queries: `[target, dim]` → `[query, dim]`. */
function selectRows(vectors: tf.Tensor2D, positions: Int32Array | undefined): tf.Tensor2D {
  return positions ? tf.gather(vectors, tf.tensor1d(positions, 'int32')) : vectors;
}
