import { assertInteger, type Json, type Rng } from '@footlight/core';
import {
  type Embedding,
  type EmbeddingFactory,
  type Parameters,
  scaledEmbeddings,
  type TableEmbedding,
  zeroEmbedding,
} from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Network, Representation } from '../types.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

/** Options of every model that reads a history item by item. */
export interface SequenceOptions {
  /** Length of the vectors of items and of what is known after a step. */
  readonly dim: number;
  /** Steps of history that are read, at most; earlier ones are forgotten. */
  readonly history: number;
  /** One learned number per item that is added to its score. Default true. */
  readonly biases?: boolean;
  /** Vectors of items. Default `scaled()`: one row per item, drawn from N(0, 1/dim²). */
  readonly itemEmbedding?: EmbeddingFactory;
  /** Read and score items by one embedding; false learns a second one for scoring. Default true. */
  readonly tied?: boolean;
}

/** What a sequence model does between reading items and scoring them. */
export interface SequenceEncoder {
  readonly parameters: Parameters;
  /** What lies under the mask means nothing. @shape items `[batch, time, dim]`, mask `[batch, time]` → what is known after each step, `[batch, time, …]` */
  encode(items: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D;
  /** How items are scored, if not by the scalar product with what is known. */
  score?(
    vectors: tf.Tensor2D,
    item: Embedding,
    bias: TableEmbedding | undefined,
    candidates?: tf.Tensor2D,
  ): tf.Tensor2D;
}

/**
 * Puts a reader between an embedding of items that goes in and one, usually the same, that scores.
 *
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 */
export function sequenceModel(
  name: { readonly model: string; readonly where: string },
  options: SequenceOptions,
  own: Readonly<Record<string, Json>>,
  createEncoder: (rng: Rng, itemCount: number) => SequenceEncoder,
): Representation {
  const { dim, history, biases = true, itemEmbedding = scaledEmbeddings(), tied = true } = options;
  assertInteger(`${name.where}(dim)`, dim);
  assertInteger(`${name.where}(history)`, history);
  return {
    kind: 'representation',
    name: `${name.model}(${dim})`,
    protocol: { name: name.model, dim, history, ...own, biases, itemEmbedding: itemEmbedding.protocol, tied },
    reads: { history },
    build({ itemCount, itemFeatures }, rng): Network {
      const create = (label: string) =>
        itemEmbedding.create({
          count: itemCount,
          dim,
          rng: rng.fork(label),
          ...(itemFeatures ? { features: itemFeatures } : {}),
        });
      const item = create('item');
      const scored = tied ? item : create('output');
      const bias = biases ? zeroEmbedding({ count: itemCount, dim: 1 }) : undefined;
      const reader = createEncoder(rng.fork('reader'), itemCount);
      const score = reader.score ?? scoreItems;
      return {
        reads: { history },
        parameters: {
          item: item.parameters,
          ...(tied ? {} : { output: scored.parameters }),
          ...(bias ? { itemBias: bias.parameters } : {}),
          ...(Object.keys(reader.parameters).length > 0 ? { reader: reader.parameters } : {}),
        },
        encode: ({ history: items, mask }) => ({
          vectors: reader.encode(item.apply(items) as tf.Tensor3D, mask),
        }),
        score: (vectors, candidates) => score(vectors, scored, bias, candidates),
        ...(reader.score ? {} : { catalogue: () => createCatalogueProduct(scored, bias) }),
        itemVectors: () => scored.all(),
      };
    },
  };
}

/** Zeros where there is nothing. @shape `[batch, time, dim]`, mask `[batch, time]` */
export function applyMask(steps: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  return tf.mul(steps, tf.expandDims(mask, 2));
}
