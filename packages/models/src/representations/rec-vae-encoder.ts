import type { Rng } from '@footlight/core';
import { type SparseRows, tf } from '@footlight/engine';
import {
  dense,
  drawVariable,
  glorotUniform,
  layerNormalization,
  normal,
  type Parameters,
  type Training,
} from '@footlight/layers';
import { biasDeviation, nameLayers, sumClicks } from './basket-encoder.js';

/** The encoder of RecVAE, with parameters. */
export interface DenseEncoder {
  readonly parameters: Parameters;
  /** @returns `[batch, dim]` each */
  apply(
    baskets: SparseRows | tf.Tensor2D,
    rate: number,
    training?: Training,
  ): { readonly mean: tf.Tensor2D; readonly logVariance: tf.Tensor2D };
}

const layerCount = 5;

/**
 * Creates the densely connected encoder of RecVAE: each layer reads the output of the one before, and adds the outputs
 * of all before.
 *
 * $$ h_1 = \mathrm{norm}(\mathrm{swish}(x W_1 + b_1)), \quad h_k = \mathrm{norm}\left( \mathrm{swish}\left( h_{k-1} W_k + b_k + \sum_{j < k} h_j \right) \right) $$
 */
export function createDenseEncoder(
  { itemCount, hidden, dim }: { readonly itemCount: number; readonly hidden: number; readonly dim: number },
  rng: Rng,
): DenseEncoder {
  const biasInitializer = normal({ deviation: biasDeviation });
  const weight = drawVariable<tf.Rank.R2>([itemCount, hidden], glorotUniform(), rng.fork('weight'));
  const bias = drawVariable<tf.Rank.R1>([hidden], biasInitializer, rng.fork('bias'));
  const create = (inputDim: number, units: number, label: string) =>
    dense({ inputDim, dim: units, rng: rng.fork(label), biasInitializer });
  const layers = Array.from({ length: layerCount - 1 }, (_, at) => create(hidden, hidden, `dense${at}`));
  const norms = Array.from({ length: layerCount }, () => layerNormalization({ dim: hidden, epsilon: 0.1 }));
  const last = create(hidden, 2 * dim, 'code');
  return {
    parameters: {
      basket: { weight, bias },
      ...nameLayers(layers),
      ...Object.fromEntries(norms.map(({ parameters }, at) => [`normalization${at}`, parameters])),
      code: last.parameters,
    },
    apply(baskets, rate, training) {
      const first = tf.add(sumClicks(weight, baskets, rate, false, training), bias); // [batch, hidden]
      let output = norms[0]!.apply(swish(first));
      let sum = output;
      for (const [at, layer] of layers.entries()) {
        output = norms[at + 1]!.apply(swish(tf.add(layer.apply(output), sum)));
        sum = tf.add(sum, output);
      }
      const [mean, logVariance] = tf.split(last.apply(output), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      return { mean, logVariance };
    },
  };
}

const swish = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.sigmoid(x));
