import { assertInteger, invalid } from '@footlight/core';
import { gatherRealRows, tf } from '@footlight/engine';
import { type CausalConvolution, causalConvolution } from '@footlight/layers';
import type { Representation } from '../types.js';
import { applyMask, type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface SequenceCnnOptions extends SequenceOptions {
  /** Steps that a convolution covers. Default 3. */
  readonly width?: number;
  /** Distance between these steps, one number per layer. Default `[1]`. */
  readonly dilations?: readonly number[];
  /** Activation of every layer. Default `'tanh'`. */
  readonly activation?: 'tanh' | 'relu';
  /** Whether the input of a layer is added to its output (residual connection). Default true. */
  readonly residual?: boolean;
}

const activations = { tanh: tf.tanh, relu: tf.relu };

/**
 * Causal CNN: a stack of causal convolutions over the history.
 *
 * $$ y^{(0)}_t = e_{i_t}, \quad y^{(l)}_t = f(\text{conv}_l(y^{(l-1)})_t) \; (+ \, y^{(l-1)}_t) $$
 * $$ s_{ti} = y^{(L)}_t \cdot e_i + b_i $$
 *
 * where $i_t$ is the item of step t, $e_i$ and $b_i$ are the vector and the bias of item i, and f is the activation.
 *
 * Differs from Spotlight: padding is zero in the input of every layer; in Spotlight upper layers read what lower layers
 * computed from padding.
 *
 * @example
 * sequenceCnn({ dim: 64, history: 99, width: 3, dilations: [1, 2, 4] }) // covers 15 items
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or there is no layer
 * @source Spotlight, `CNNNet`, https://github.com/maciejkula/spotlight; van den Oord et al. 2016,
 *   https://arxiv.org/abs/1609.03499
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
    const [first, ...others] = layers as [CausalConvolution, ...CausalConvolution[]];
    const encode = (items: tf.Tensor3D, mask: tf.Tensor2D, own: readonly CausalConvolution[] = layers) =>
      own.reduce((input, layer) => {
        const real = applyMask(input, mask);
        const output = layer.apply(real) as tf.Tensor3D;
        return residual ? tf.add(output, real) : output;
      }, items);
    return {
      parameters: Object.fromEntries(layers.map(({ parameters }, at) => [`layer${at}`, parameters])),
      encode: (items, mask) => encode(items, mask),
      rowShare: 1,
      encodeRows(table, index, mask) {
        const sequences = { table, index, mask };
        const output = first.applyToRows(sequences);
        return encode(residual ? tf.add(output, gatherRealRows(sequences)) : output, mask, others);
      },
    };
  });
}
