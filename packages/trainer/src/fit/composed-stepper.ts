import type { Batch } from '@footlight/datasets';
import { tf, valueAndGradients, withPrecision } from '@footlight/engine';
import type { Training } from '@footlight/layers';
import { comparesScores } from '@footlight/losses';
import { toQueries } from '../recommend/model-input.js';
import { computeLosses } from './compute-losses.js';
import { sampleNegatives } from './sample-negatives.js';
import type { Step, StepContext, Stepper } from './types.js';

/**
 * Composed stepper: records the forward pass on a gradient tape and passes the gradients to the optimizer. Works for
 * every model, loss and optimizer. Together with the fused stepper this is the only place where losses are masked,
 * weighted and averaged:
 *
 * $$ L = \frac{\sum_q m_q w_q \ell_q}{\sum_q m_q w_q} + \frac{\beta}{B} \sum_b \text{penalty}_b $$
 *
 * where $m_q$ is the mask and $w_q$ the weight of the interaction, by default 1.
 */
export function createComposedStepper(context: StepContext): Stepper {
  return {
    begin(step) {
      const loss = runStep(context, step);
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
function runStep(context: StepContext, step: Step): tf.Scalar {
  const { network, parameters, loss, optimizer, precision = 'fp32' } = context;
  const { batch, rng, learningRateFactor, penaltyWeight } = step;
  const negatives = sampleNegatives(context, step);
  return tf.tidy(() => {
    const weights = weighTargets(batch);
    const mask = tf.tensor1d(weights); // [query]
    const isEmpty = batch.weights !== undefined && weights.every((weight) => weight === 0);
    const { value, gradients } = withPrecision(precision, () =>
      valueAndGradients(() => {
        const training: Training = { rng: rng.fork('layers'), comparesScores: comparesScores(loss) };
        const { vectors, penalty } = network.encode(toQueries(batch), training); // [batch, time, dim], [batch]
        const flat = flattenSteps(vectors, batch.lastStepOnly); // [query, dim]
        const losses = computeLosses(context, batch, flat, negatives, training); // [query]
        const mean = tf.div(tf.sum(tf.mul(losses, mask)), isEmpty ? 1 : tf.sum(mask)) as tf.Scalar;
        return penalty ? (tf.add(mean, tf.mul(penaltyWeight, tf.mean(penalty))) as tf.Scalar) : mean;
      }, parameters),
    );
    optimizer.apply(parameters, gradients, { factor: learningRateFactor });
    return tf.keep(value);
  });
}

/** How much each query counts in the mean: its mask times its weight, `[query]`. */
export function weighTargets({ targetMask, mask, weights }: Batch): Float32Array {
  const real = targetMask ?? mask;
  return weights ? real.map((value, query) => value * weights[query]!) : real;
}

/** The vectors of all steps, or of the last step of each row: `[batch, time, dim]` → `[query, dim]`. */
function flattenSteps(vectors: tf.Tensor3D, lastStepOnly = false): tf.Tensor2D {
  const [batch, time, dim] = vectors.shape;
  const steps = lastStepOnly ? tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]) : vectors;
  return tf.reshape(steps, [-1, dim]);
}
