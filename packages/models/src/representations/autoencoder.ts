import { assertInteger, invalid, type Rng } from '@footlight/core';
import { embeddingBag, type SparseRows } from '@footlight/engine';
import {
  dense,
  drawVariable,
  dropout as dropoutLayer,
  glorotUniform,
  type Layer,
  normal,
  type Parameters,
  scaledEmbedding,
  type Training,
  uniformEmbedding,
} from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Encoded, Network, Representation } from '../types.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface AutoencoderOptions {
  /** Units of the layers between catalogue and code, the last being the length of the code. */
  readonly dims?: readonly number[];
  /** Units of the layers between code and catalogue. Default those of `dims` before the last, in reverse. */
  readonly decoder?: readonly number[];
  /** Share of what goes into each dense layer that is set to zero while training, layer by layer; 0 where there is none. */
  readonly dropout?: { readonly encoder?: readonly number[]; readonly decoder?: readonly number[] };
  /** `extra-tanh`: every dropout is followed by a tanh, as in RecoTour, whose loop takes dropout for a layer of its own. */
  readonly faithful?: 'extra-tanh';
}

/** Options with nothing left open. */
export interface AutoencoderLayers {
  readonly dims: readonly number[];
  readonly decoder: readonly number[];
  /** One more than there are layers before code or catalogue. */
  readonly dropout: { readonly encoder: readonly number[]; readonly decoder: readonly number[] };
  readonly extraTanh: boolean;
}

/**
 * Checks the options and fills in what they leave open.
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 */
export function resolveLayers(
  where: string,
  defaults: readonly number[],
  options: AutoencoderOptions,
): AutoencoderLayers {
  const { dims = defaults, faithful } = options;
  if (dims.length === 0) invalid(`${where}(dims)`, 'at least one layer', 'none');
  const decoder = options.decoder ?? dims.slice(0, -1).reverse();
  for (const units of [...dims, ...decoder]) assertInteger(`${where}(dims)`, units);
  if (faithful !== undefined && faithful !== 'extra-tanh')
    invalid(`${where}(faithful)`, "'extra-tanh' or nothing", faithful);
  const dropout = {
    encoder: fillRates(`${where}(dropout.encoder)`, options.dropout?.encoder ?? [0.5], dims.length),
    decoder: fillRates(`${where}(dropout.decoder)`, options.dropout?.decoder ?? [], decoder.length + 1),
  };
  return { dims, decoder, dropout, extraTanh: faithful === 'extra-tanh' };
}

/** Rates of all layers; those that are not given are 0. */
function fillRates(where: string, given: readonly number[], count: number): number[] {
  if (given.length > count) invalid(where, `at most ${count} rates, one per dense layer`, given.length);
  for (const rate of given) if (!(rate >= 0 && rate < 1)) invalid(where, 'numbers from 0 to below 1', rate);
  return [...given, ...new Array<number>(count - given.length).fill(0)];
}

/** What makes a code of what comes out of the encoder's last layer. */
interface Coding {
  /** Numbers of the encoder's last layer per number of the code. */
  readonly width: number;
  code(output: tf.Tensor2D, training?: Training): { readonly code: tf.Tensor2D; readonly penalty?: tf.Tensor1D };
}

/** An autoencoder of baskets as a representation: its vectors are those before the last layer, which is a product with the catalogue. */
export function autoencoder(name: string, layers: AutoencoderLayers, coding: Coding): Representation {
  const { dims, decoder, dropout, extraTanh } = layers;
  return {
    kind: 'representation',
    name: `${name}(${dims.join(', ')})`,
    protocol: {
      name,
      dims: [...dims],
      decoder: [...decoder],
      dropout: { encoder: [...dropout.encoder], decoder: [...dropout.decoder] },
      ...(extraTanh ? { faithful: 'extra-tanh' } : {}),
    },
    reads: 'basket',
    build({ itemCount }, rng): Network {
      const code = dims.at(-1)!;
      const encoder = basketEncoder(
        [itemCount, ...dims.slice(0, -1), coding.width * code],
        layers,
        rng.fork('encoder'),
      );
      const between = hiddenLayers([code, ...decoder], rng.fork('decoder'));
      const last = decoder.at(-1) ?? code;
      const item = uniformEmbedding({
        count: itemCount,
        dim: last,
        range: Math.sqrt(6 / (itemCount + last)),
        rng: rng.fork('item'),
      }); // Xavier
      const itemBias = scaledEmbedding({
        count: itemCount,
        dim: 1,
        deviation: biasDeviation,
        rng: rng.fork('itemBias'),
      });
      const rest = dropoutThenTanh(extraTanh);
      return {
        reads: 'basket',
        parameters: {
          encoder: encoder.parameters,
          ...(between.length > 0 ? { decoder: nameLayers(between) } : {}),
          item: item.parameters,
          itemBias: itemBias.parameters,
        },
        encode({ baskets }, training): Encoded {
          const sets = baskets ?? invalid(`${name}.encode(queries)`, 'queries with baskets', 'none');
          const { code: own, ...penalty } = coding.code(encoder.apply(sets, training), training); // [batch, code]
          const vectors = between.reduce(
            (x, layer, at) => rest(tf.tanh(layer.apply(x)), dropout.decoder[at + 1]!, training),
            rest(own, dropout.decoder[0]!, training),
          );
          return { vectors: tf.expandDims(vectors, 1) as tf.Tensor3D, ...penalty }; // [batch, 1, dim]
        },
        score: (vectors, candidates) => scoreItems(vectors, item, itemBias, candidates),
        catalogue: () => createCatalogueProduct(item, itemBias),
        itemVectors: () => item.all(),
      };
    },
  };
}

/** Of the first values of all biases. */
const biasDeviation = 1e-3;

/** What stands between two dense layers, besides their tanh. */
function dropoutThenTanh(extraTanh: boolean) {
  return (x: tf.Tensor, rate: number, training?: Training): tf.Tensor => {
    const dropped = rate > 0 ? dropoutLayer({ rate }).apply(x, training) : x;
    return extraTanh ? tf.tanh(dropped) : dropped;
  };
}

interface BasketEncoder {
  readonly parameters: Parameters;
  /** @shape baskets → `[batch, last]` */
  apply(baskets: SparseRows, training?: Training): tf.Tensor2D;
}

/** Dense layers over baskets, with tanh between them; the first is a sum of the rows of a table. */
function basketEncoder(
  sizes: readonly number[],
  { dropout: { encoder: rates }, extraTanh }: AutoencoderLayers,
  rng: Rng,
): BasketEncoder {
  const [items, first] = sizes as [number, number, ...number[]];
  const weight = drawVariable<tf.Rank.R2>([items, first], glorotUniform(), rng.fork('weight'));
  const bias = drawVariable<tf.Rank.R1>([first], normal({ deviation: biasDeviation }), rng.fork('bias'));
  const others = hiddenLayers(sizes.slice(1), rng);
  const rest = dropoutThenTanh(extraTanh);
  return {
    parameters: { basket: { weight, bias }, ...nameLayers(others) },
    apply(baskets, training) {
      const sums = tf.add(embeddingBag(weight, weighClicks(baskets, rates[0]!, extraTanh, training)), bias); // [batch, first]
      return others.reduce(
        (x, layer, at) => layer.apply(rest(tf.tanh(x), rates[at + 1]!, training)),
        sums as tf.Tensor,
      ) as tf.Tensor2D;
    },
  };
}

function hiddenLayers(sizes: readonly number[], rng: Rng): Layer[] {
  return sizes.slice(1).map((dim, at) =>
    dense({
      inputDim: sizes[at]!,
      dim,
      rng: rng.fork(`dense${at}`),
      biasInitializer: normal({ deviation: biasDeviation }),
    }),
  );
}

function nameLayers(layers: readonly Layer[]): Parameters {
  return Object.fromEntries(layers.map(({ parameters }, at) => [`dense${at}`, parameters]));
}

/**
 * The clicks of each basket, together of length 1; while training some are left out and the others grow.
 *
 * $$ x_i = \frac{d_i}{1 - p} \frac{1}{\sqrt{|H|}}, \quad d_i \sim \mathrm{Bernoulli}(1 - p) $$
 */
function weighClicks({ offsets, ids }: SparseRows, rate: number, extraTanh: boolean, training?: Training): Bags {
  const rows = offsets.length - 1;
  const kept: Bags = {
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

interface Bags extends SparseRows {
  readonly weights: Float32Array; // [entry]
}
