import type { Rng } from '@footlight/core';
import { embeddingBag, type SparseRows, tf, type WeightedRows } from '@footlight/engine';
import {
  dense,
  drawVariable,
  dropout as dropoutLayer,
  glorotUniform,
  type Layer,
  normal,
  type Parameters,
  scaledEmbedding,
  type TableEmbedding,
  type Training,
  uniformEmbedding,
} from '@footlight/layers';
import type { AutoencoderLayers } from './autoencoder-options.js';

/** Standard deviation of the first values of all biases. */
export const biasDeviation = 1e-3;

/** Dense layers over baskets. */
export interface BasketEncoder {
  readonly parameters: Parameters;
  /** @shape baskets, or their matrix `[batch, item]` → `[batch, last]` */
  apply(baskets: SparseRows | tf.Tensor2D, training?: Training): tf.Tensor2D;
}

/** Creates dense layers over baskets with tanh between them; the first layer is a sum of embeddings of the clicks. */
export function createBasketEncoder(
  sizes: readonly number[],
  { dropout: { encoder: rates }, extraTanh }: AutoencoderLayers,
  rng: Rng,
): BasketEncoder {
  const [items, first] = sizes as [number, number, ...number[]];
  const weight = drawVariable<tf.Rank.R2>([items, first], glorotUniform(), rng.fork('weight'));
  const bias = drawVariable<tf.Rank.R1>([first], normal({ deviation: biasDeviation }), rng.fork('bias'));
  const layers = createHiddenLayers(sizes.slice(1), rng);
  const regularize = dropoutThenTanh(extraTanh);
  return {
    parameters: { basket: { weight, bias }, ...nameLayers(layers) },
    apply(baskets, training) {
      const sums = tf.add(sumClicks(weight, baskets, rates[0]!, extraTanh, training), bias); // [batch, first]
      return layers.reduce(
        (x, layer, at) => layer.apply(regularize(tf.tanh(x), rates[at + 1]!, training)),
        sums as tf.Tensor,
      ) as tf.Tensor2D;
    },
  };
}

/** Creates the dense layers between these numbers of units. */
export function createHiddenLayers(sizes: readonly number[], rng: Rng): Layer[] {
  const biasInitializer = normal({ deviation: biasDeviation });
  return sizes
    .slice(1)
    .map((dim, at) => dense({ inputDim: sizes[at]!, dim, rng: rng.fork(`dense${at}`), biasInitializer }));
}

/** The parameters of layers as a tree. */
export function nameLayers(layers: readonly Layer[]): Parameters {
  return Object.fromEntries(layers.map(({ parameters }, at) => [`dense${at}`, parameters]));
}

/** Creates what follows the tanh of a dense layer: dropout, and in RecoTour a second tanh. */
export function dropoutThenTanh(extraTanh: boolean): (x: tf.Tensor, rate: number, training?: Training) => tf.Tensor {
  return (x, rate, training) => {
    const dropped = rate > 0 ? dropoutLayer({ rate }).apply(x, training) : x;
    return extraTanh ? tf.tanh(dropped) : dropped;
  };
}

/**
 * Computes the input of an autoencoder: the clicks of each basket as a unit vector, with dropout while training.
 *
 * $$ x_i = \frac{d_i}{1 - p} \frac{1}{\sqrt{|H|}}, \quad d_i \sim \mathrm{Bernoulli}(1 - p) $$
 */
function weightClicks(
  { offsets, ids }: SparseRows,
  rate: number,
  extraTanh: boolean,
  training?: Training,
): WeightedRows {
  const rows = offsets.length - 1;
  const kept = {
    offsets: new Int32Array(rows + 1),
    ids: new Int32Array(ids.length),
    weights: new Float32Array(ids.length),
  };
  const drops = training !== undefined && rate > 0;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [offsets[row]!, offsets[row + 1]!];
    const scaled = 1 / Math.sqrt(to - from) / (drops ? 1 - rate : 1);
    const weight = extraTanh ? Math.tanh(scaled) : scaled;
    for (let at = from; at < to; at++) {
      if (drops && training.rng.next() < rate) continue;
      kept.ids[count] = ids[at]!;
      kept.weights[count++] = weight;
    }
    kept.offsets[row + 1] = count;
  }
  return { offsets: kept.offsets, ids: kept.ids.subarray(0, count), weights: kept.weights.subarray(0, count) };
}

/**
 * Sums the rows of a table for the clicks of each basket, weighted like `weightClicks`.
 *
 * @shape table `[item, dim]`, baskets, or their matrix `[batch, item]` → `[batch, dim]`
 */
export function sumClicks(
  table: tf.Variable<tf.Rank.R2>,
  baskets: SparseRows | tf.Tensor2D,
  rate: number,
  extraTanh: boolean,
  training?: Training,
): tf.Tensor2D {
  if (!(baskets instanceof tf.Tensor)) return embeddingBag(table, weightClicks(baskets, rate, extraTanh, training));
  const sizes = tf.maximum(tf.sum(baskets, 1, true), 1); // [batch, 1]
  const scaled = tf.div(1, tf.sqrt(sizes));
  return tf.matMul(tf.mul(baskets, extraTanh ? tf.tanh(scaled) : scaled), table);
}

/** The vectors and biases of the items that a model of baskets scores, with Glorot's first values. */
export function createItemLayer(
  itemCount: number,
  dim: number,
  rng: Rng,
): { readonly item: TableEmbedding; readonly itemBias: TableEmbedding } {
  const range = Math.sqrt(6 / (itemCount + dim)); // Glorot
  return {
    item: uniformEmbedding({ count: itemCount, dim, range, rng: rng.fork('item') }),
    itemBias: scaledEmbedding({ count: itemCount, dim: 1, deviation: biasDeviation, rng: rng.fork('itemBias') }),
  };
}
