import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { type FusedOp, runFused } from './sequence-op.js';
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
  /** What the input is multiplied by, on its way into reset gate, update gate and candidate: `[inputDim, 3·dim]`. */
  readonly weight: tf.Tensor2D;
  /** Added to the product, `[3·dim]`. */
  readonly bias: tf.Tensor1D;
  /** What the hidden state before is multiplied by, `[dim, 3·dim]`. */
  readonly recurrent: tf.Tensor2D;
  /** `[3·dim]`; its last third is inside of the reset gate's product, and so not part of `bias`. */
  readonly recurrentBias: tf.Tensor1D;
  /** State before the first step, `[batch, dim]`. */
  readonly hidden: tf.Tensor2D;
  /** 1 where there is something, 0 where the step is skipped: `[batch, time]`. Default all 1. */
  readonly mask?: tf.Tensor2D;
}

/**
 * Gated recurrent units over whole sequences: hidden states after each step.
 *
 * $$ (x_r, x_z, x_n) = x_t W + b, \quad (r', z', q) = h_{t-1} R + b', \quad r = \sigma(x_r + r'), \quad z = \sigma(x_z + z') $$
 * $$ n = \tanh(x_n + r \odot q), \quad h_t = (1 - z) \odot n + z \odot h_{t-1} $$
 *
 * Where the mask is 0, $h_t = h_{t-1}$. Differs from the paper as PyTorch does: r is multiplied after the product with the state, and z keeps the old state.
 *
 * Kernels `GruSequence` → `[batch, time, dim]`, `[batch, time, 4·dim]` (r, z, n, q), and `GruSequenceGradient` → gradients of input, weight, bias, recurrent,
 * recurrentBias, hidden.
 *
 * @shape input `[batch, time, inputDim]`, weight `[inputDim, 3·dim]`, bias `[3·dim]`, recurrent `[dim, 3·dim]`, recurrentBias `[3·dim]`, hidden `[batch, dim]`,
 * mask `[batch, time]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Cho et al. 2014, https://arxiv.org/abs/1406.1078; the variant: https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
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
  return tf.tidy(() => runFused(op, castMask(inputs))[0]!);
}

const op: FusedOp<GruSequenceInputs, 'hidden'> = {
  name: 'GruSequence',
  learned: ['input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'],
  fixed: ['mask'],
  outputs: ['hidden'],

  forward({ recurrent, recurrentBias, hidden, mask, ...projection }) {
    const real = mask && splitSteps(expandMask(mask)); // [batch, 1] each
    const steps: { hidden: tf.Tensor2D; kept: tf.Tensor2D }[] = [];
    let before = hidden;
    for (const [step, given] of splitSteps(project(projection)).entries()) {
      const product = tf.add<tf.Tensor2D>(tf.matMul(before, recurrent), recurrentBias); // [batch, 3·dim]
      const after = runCell(given, product, before, real?.[step]);
      steps.push(after);
      before = after.hidden;
    }
    const all = (name: 'hidden' | 'kept') => stackSteps(steps.map((step) => step[name]));
    return [all('hidden'), all('kept')];
  },

  backward({ recurrent, hidden, mask, hiddenStates, kept, hiddenSlopes, ...projection }) {
    const slopes = splitSteps(hiddenSlopes!); // [batch, dim] each
    const before = shiftStates(hidden, hiddenStates);
    const { ofGates, ofProduct, stay } = computeCellFactors(kept, before, mask);
    const factors = splitSteps(ofProduct); // [batch, 3·dim] each
    const stays = splitSteps(stay); // [batch, dim] each
    const states: tf.Tensor2D[] = []; // slopes of the state after each step
    let slope = tf.zerosLike(hidden);
    for (let step = slopes.length - 1; step >= 0; step--) {
      const after = tf.add<tf.Tensor2D>(slopes[step]!, slope);
      states.unshift(after);
      slope = tf.tidy(() => {
        const product = tf.mul<tf.Tensor2D>(repeatThrice(after), factors[step]!);
        return tf.add(tf.matMul(product, recurrent, false, true), tf.mul(after, stays[step]!));
      });
    }
    const all = repeatThrice(stackSteps(states)); // [batch, time, 3·dim]
    const products = tf.mul<tf.Tensor3D>(all, ofProduct);
    return [
      ...differentiateProjection(projection, tf.mul(all, ofGates)),
      computeWeightGradient(before, products),
      computeBiasGradient(products),
      slope,
    ];
  },
};

function runCell(given: tf.Tensor2D, product: tf.Tensor2D, before: tf.Tensor2D, real: tf.Tensor | undefined) {
  return tf.tidy(() => {
    const [xr, xz, xn] = tf.split(given, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const [hr, hz, inner] = tf.split(product, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const reset = tf.sigmoid(tf.add<tf.Tensor2D>(xr, hr));
    const update = tf.sigmoid(tf.add<tf.Tensor2D>(xz, hz));
    const candidate = tf.tanh(tf.add<tf.Tensor2D>(xn, tf.mul(reset, inner)));
    const hidden = tf.add<tf.Tensor2D>(tf.mul(tf.sub(1, update), candidate), tf.mul(update, before));
    return { hidden: selectByMask(real, hidden, before), kept: tf.concat([reset, update, candidate, inner], 1) };
  });
}

/** What the slope of a step's state is multiplied by, for all steps at once. Zero where a step is skipped, but for `stay`, which is one. */
function computeCellFactors(kept: tf.Tensor3D, before: tf.Tensor3D, mask: tf.Tensor2D | undefined) {
  return tf.tidy(() => {
    const [reset, update, candidate, inner] = tf.split(kept, 4, 2) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const ofCandidate = tf.mul<tf.Tensor3D>(tf.sub(1, update), differentiateTanh(candidate));
    const ofUpdate = tf.mul<tf.Tensor3D>(tf.sub(before, candidate), differentiateSigmoid(update));
    const ofReset = tf.mul<tf.Tensor3D>(tf.mul(ofCandidate, inner), differentiateSigmoid(reset));
    const real = mask && expandMask(mask);
    const ofThree = (last: tf.Tensor3D) => {
      const three = tf.concat([ofReset, ofUpdate, last], 2); // [batch, time, 3·dim]
      return real ? tf.mul<tf.Tensor3D>(real, three) : three;
    };
    return {
      ofGates: ofThree(ofCandidate),
      ofProduct: ofThree(tf.mul(ofCandidate, reset)), // q reaches the candidate through r only
      stay: selectByMask<tf.Tensor3D>(real, update, tf.onesLike(update)),
    };
  });
}

function repeatThrice<T extends tf.Tensor>(slopes: T): T {
  return tf.concat<T>([slopes, slopes, slopes], -1);
}
