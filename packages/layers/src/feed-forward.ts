import { assertChoice, assertInteger, assertNumber, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { fanInUniform } from './initializers.js';
import type { Layer } from './types.js';

/** Options of `feedForward`. */
export interface FeedForwardOptions {
  /** Length of an input vector and of an output vector. */
  readonly dim: number;
  /** Number of hidden units. Default 4 · dim, for `'swiglu'` ⌈8/3 · dim⌉, which has about as many parameters. */
  readonly hidden?: number;
  /** Function of the hidden units. Default `'gelu'`. */
  readonly activation?: 'relu' | 'gelu' | 'swiglu';
  /** Dropout of the hidden units, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Source of the first values of weights and biases. */
  readonly rng: Rng;
}

/**
 * Feed-forward layer of a transformer: the same two-layer perceptron for the vector of each step.
 *
 * $$ y = f(x W_1 + b_1) W_2 + b_2 $$
 *
 * f is max(0, z) for `'relu'` and z Φ(z), Φ the normal distribution function, for `'gelu'`. For `'swiglu'`, which has
 * no biases,
 *
 * $$ y = (z \, \sigma(z) \odot x W_3) W_2, \quad z = x W_1 $$
 *
 * with the sigmoid σ. Weights and biases start within ±1/√(inputs), as in PyTorch's `nn.Linear`; biases at 0.
 *
 * @example
 * feedForward({ dim: 64, activation: 'swiglu', rng }).apply(steps) // [batch, time, 64] → [batch, time, 64]
 * @shape `[..., dim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, `dropout` is not from 0 to below 1, or
 *   input vectors do not have length `dim`
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, eq. 2; GELU: Hendrycks and Gimpel 2016,
 *   https://arxiv.org/abs/1606.08415; SwiGLU: Shazeer 2020, https://arxiv.org/abs/2002.05202, eq. 6
 */
export function feedForward(options: FeedForwardOptions): Layer {
  const { dim, activation = 'gelu', dropout: rate = 0, rng } = options;
  const { hidden = activation === 'swiglu' ? Math.ceil((8 / 3) * dim) : 4 * dim } = options;
  assertInteger('feedForward(dim)', dim);
  assertInteger('feedForward(hidden)', hidden);
  assertNumber('feedForward(dropout)', rate, { from: 0, below: 1 });
  assertChoice('feedForward(activation)', activation, ['relu', 'gelu', 'swiglu']);
  const gated = activation === 'swiglu';
  const create = (label: string, inputDim: number, outputDim: number) =>
    dense({
      ...{ inputDim, dim: outputDim, rng: rng.fork(label), bias: !gated },
      weightInitializer: fanInUniform(),
    });
  const first = create('first', dim, hidden);
  const gate = gated ? create('gate', dim, hidden) : undefined;
  const second = create('second', hidden, dim);
  const drop = dropout({ rate });
  return {
    parameters: {
      first: first.parameters,
      ...(gate ? { gate: gate.parameters } : {}),
      second: second.parameters,
    },
    apply: (input, training) =>
      tf.tidy(() => {
        const sum = first.apply(input);
        const units = gate ? tf.mul(swish(sum), gate.apply(input)) : activations[activation as 'relu' | 'gelu'](sum);
        return second.apply(drop.apply(units, training));
      }),
  };
}

const activations = { relu: tf.relu, gelu };

/**
 * Gaussian error linear unit (GELU): x Φ(x), elementwise, Φ the distribution function of N(0, 1).
 *
 * @example
 * gelu(tf.tensor1d([0, 1])) // [0, 0.841]
 * @source Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))));
}

/** Sigmoid-weighted linear unit (SiLU, swish): x σ(x), elementwise. */
export function swish(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.sigmoid(x));
}
