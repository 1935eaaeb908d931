import { assertInteger, invalid } from '@footlight/core';
import { causalConvolution } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { applyMask, type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceCnnOptions extends SequenceOptions {
  /** Steps that a convolution sees at once. Default 3. */
  readonly width?: number;
  /** Distance between these steps, for each layer; as many layers as there are numbers. Default `[1]`. */
  readonly dilations?: readonly number[];
  /** Default `'tanh'`. */
  readonly activation?: 'tanh' | 'relu';
  /** Add to the output of a layer what went in. Default true. */
  readonly residual?: boolean;
}

const activations = { tanh: tf.tanh, relu: tf.relu };

/**
 * Causal convolutions over the history, one above the other.
 *
 * $$ y^{(0)}_t = e_{i_t}, \quad y^{(l)}_t = f(\text{conv}_l(y^{(l-1)})_t) \; (+ \, y^{(l-1)}_t), \quad s_{ti} = y^{(L)}_t \cdot e_i + b_i $$
 *
 * Steps without an item are zeros for every layer. Differs from Spotlight, where upper layers see what lower ones made of padding.
 *
 * @example
 * sequenceCnn({ dim: 64, history: 99, width: 3, dilations: [1, 2, 4] }) // sees 15 items
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or there is no layer
 * @source Spotlight, `CNNNet`, https://github.com/maciejkula/spotlight; van den Oord et al. 2016, https://arxiv.org/abs/1609.03499
 */
export function sequenceCnn(options: SequenceCnnOptions): Representation {
  const { width = 3, dilations = [1], activation = 'tanh', residual = true, ...rest } = options;
  assertInteger('sequenceCnn(width)', width);
  if (dilations.length === 0) invalid('sequenceCnn(dilations)', 'at least one number', 'none', 'Give one per layer.');
  for (const dilation of dilations) assertInteger('sequenceCnn(dilations)', dilation);
  const own = { width, dilations: [...dilations], activation, residual };
  return sequenceModel({ model: 'sequence-cnn', where: 'sequenceCnn' }, rest, own, (rng) => {
    const { dim } = rest;
    const layers = dilations.map((dilation, at) =>
      causalConvolution({
        inputDim: dim,
        dim,
        width,
        dilation,
        rng: rng.fork(`layer/${at}`),
        activation: activations[activation],
      }),
    );
    return {
      parameters: Object.fromEntries(layers.map(({ parameters }, at) => [`layer${at}`, parameters])),
      encode: (items, mask) =>
        layers.reduce((below, layer) => {
          const real = applyMask(below, mask);
          const above = layer.apply(real) as tf.Tensor3D;
          return residual ? tf.add(above, real) : above;
        }, items),
    };
  });
}
