import { assertShape } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { runSequenceOp, type SequenceOp } from './sequence-op.js';
import {
  castMask,
  computeBiasGradient,
  computeWeightGradient,
  differentiateProjection,
  differentiateSigmoid,
  differentiateTanh,
  expandMask,
  project,
  selectByMask,
  shiftStates,
  splitSteps,
  stackSteps,
} from './steps.js';

export interface GruSequenceInputs {
  /** `[batch, time, inputDim]` */
  readonly input: tf.Tensor3D;
  /** `[inputDim, 3·dim]`: weights of the input in the reset gate, update gate and candidate. */
  readonly weight: tf.Tensor2D;
  /** `[3·dim]`: bias of the gates. */
  readonly bias: tf.Tensor1D;
  /** `[dim, 3·dim]`: weights of the previous hidden state in the gates. */
  readonly recurrent: tf.Tensor2D;
  /**
   * `[3·dim]`: bias of the previous hidden state. The reset gate multiplies its last third, so it cannot be part of
   * `bias`.
   */
  readonly recurrentBias: tf.Tensor1D;
  /** `[batch, dim]`: state before the first step. */
  readonly hidden: tf.Tensor2D;
  /** `[batch, time]`: 1 for a step with input, 0 for a step to skip. Default: all 1. */
  readonly mask?: tf.Tensor2D;
}

/**
 * Gated recurrent unit (GRU) over whole sequences: computes the hidden states after each step.
 *
 * $$ (x_r, x_z, x_n) = x_t W + b, \quad (r', z', q) = h_{t-1} R + b', \quad r = \sigma(x_r + r'), \quad z = \sigma(x_z + z') $$
 * $$ n = \tanh(x_n + r \odot q), \quad h_t = (1 - z) \odot n + z \odot h_{t-1} $$
 *
 * Where the mask is 0, $h_t = h_{t-1}$. Differs from the paper as PyTorch does: the reset gate multiplies the product
 * with the state rather than the state, and z weighs the previous state.
 *
 * Kernels `GruSequence` → `[batch, time, dim]`, `[batch, time, 4·dim]` (r, z, n, q), and `GruSequenceGradient` →
 * gradients of input, weight, bias, recurrent, recurrentBias, hidden.
 *
 * @shape input `[batch, time, inputDim]`, weight `[inputDim, 3·dim]`, bias `[3·dim]`, recurrent `[dim, 3·dim]`,
 *   recurrentBias `[3·dim]`, hidden `[batch, dim]`, mask `[batch, time]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Cho et al. 2014, https://arxiv.org/abs/1406.1078; the variant:
 *   https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
 */
export function gruSequence(inputs: GruSequenceInputs): tf.Tensor3D {
  const { batch, dim } = assertShape('gruSequence(hidden)', inputs.hidden, ['batch', 'dim']);
  const width = { '3·dim': 3 * dim };
  const { time, inputDim } = assertShape('gruSequence(input)', inputs.input, ['batch', 'time', 'inputDim'], { batch });
  assertShape('gruSequence(weight)', inputs.weight, ['inputDim', '3·dim'], { inputDim, ...width });
  assertShape('gruSequence(bias)', inputs.bias, ['3·dim'], width);
  assertShape('gruSequence(recurrent)', inputs.recurrent, ['dim', '3·dim'], { dim, ...width });
  assertShape('gruSequence(recurrentBias)', inputs.recurrentBias, ['3·dim'], width);
  if (inputs.mask) assertShape('gruSequence(mask)', inputs.mask, ['batch', 'time'], { batch, time });
  return tf.tidy(() => runSequenceOp(op, castMask(inputs))[0]!);
}

const op: SequenceOp<GruSequenceInputs, 'hidden'> = {
  name: 'GruSequence',
  differentiable: ['input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'],
  constant: ['mask'],
  outputs: ['hidden'],

  forward({ recurrent, recurrentBias, hidden, mask, ...projection }) {
    const masks = mask && splitSteps(expandMask(mask)); // [batch, 1] each
    const steps: { hidden: tf.Tensor2D; saved: tf.Tensor2D }[] = [];
    let before = hidden;
    for (const [step, given] of splitSteps(project(projection)).entries()) {
      const product = tf.add<tf.Tensor2D>(tf.matMul(before, recurrent), recurrentBias); // [batch, 3·dim]
      const after = runCell(given, product, before, masks?.[step]);
      steps.push(after);
      before = after.hidden;
    }
    const stack = (name: 'hidden' | 'saved') => stackSteps(steps.map((step) => step[name]));
    return [stack('hidden'), stack('saved')];
  },

  backward({ recurrent, hidden, mask, hiddenStates, saved, hiddenGradients, ...projection }) {
    const outputGradients = splitSteps(hiddenGradients!); // [batch, dim] each
    const before = shiftStates(hidden, hiddenStates);
    const { gateFactors, productFactors, stateFactors } = computeCellFactors(saved, before, mask);
    const productSteps = splitSteps(productFactors); // [batch, 3·dim] each
    const stateSteps = splitSteps(stateFactors); // [batch, dim] each
    const stateGradients: tf.Tensor2D[] = []; // of the state after each step
    let gradient = tf.zerosLike(hidden);
    for (let step = outputGradients.length - 1; step >= 0; step--) {
      const after = tf.add<tf.Tensor2D>(outputGradients[step]!, gradient);
      stateGradients.unshift(after);
      gradient = tf.tidy(() => {
        const product = tf.mul<tf.Tensor2D>(repeatThrice(after), productSteps[step]!);
        return tf.add(tf.matMul(product, recurrent, false, true), tf.mul(after, stateSteps[step]!));
      });
    }
    const repeated = repeatThrice(stackSteps(stateGradients)); // [batch, time, 3·dim]
    const products = tf.mul<tf.Tensor3D>(repeated, productFactors);
    return [
      ...differentiateProjection(projection, tf.mul(repeated, gateFactors)),
      computeWeightGradient(before, products),
      computeBiasGradient(products),
      gradient,
    ];
  },
};

function runCell(given: tf.Tensor2D, product: tf.Tensor2D, before: tf.Tensor2D, mask: tf.Tensor | undefined) {
  return tf.tidy(() => {
    const [xr, xz, xn] = tf.split(given, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const [hr, hz, inner] = tf.split(product, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const reset = tf.sigmoid(tf.add<tf.Tensor2D>(xr, hr));
    const update = tf.sigmoid(tf.add<tf.Tensor2D>(xz, hz));
    const candidate = tf.tanh(tf.add<tf.Tensor2D>(xn, tf.mul(reset, inner)));
    const hidden = tf.add<tf.Tensor2D>(tf.mul(tf.sub(1, update), candidate), tf.mul(update, before));
    return { hidden: selectByMask(mask, hidden, before), saved: tf.concat([reset, update, candidate, inner], 1) };
  });
}

/**
 * Computes the factors of the backward pass that do not depend on later steps, for all steps at once. Where a step is
 * skipped they are 0, except `stateFactors`, which are 1.
 */
function computeCellFactors(saved: tf.Tensor3D, before: tf.Tensor3D, mask: tf.Tensor2D | undefined) {
  return tf.tidy(() => {
    const [reset, update, candidate, inner] = tf.split(saved, 4, 2) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const dCandidate = tf.mul<tf.Tensor3D>(tf.sub(1, update), differentiateTanh(candidate));
    const dUpdate = tf.mul<tf.Tensor3D>(tf.sub(before, candidate), differentiateSigmoid(update));
    const dReset = tf.mul<tf.Tensor3D>(tf.mul(dCandidate, inner), differentiateSigmoid(reset));
    const column = mask && expandMask(mask);
    const join = (last: tf.Tensor3D) => {
      const three = tf.concat([dReset, dUpdate, last], 2); // [batch, time, 3·dim]
      return column ? tf.mul<tf.Tensor3D>(column, three) : three;
    };
    return {
      gateFactors: join(dCandidate),
      productFactors: join(tf.mul(dCandidate, reset)), // q reaches the candidate through r only
      stateFactors: selectByMask<tf.Tensor3D>(column, update, tf.onesLike(update)),
    };
  });
}

function repeatThrice<T extends tf.Tensor>(x: T): T {
  return tf.concat<T>([x, x, x], -1);
}
