import { assertInteger, type Json, omitUndefined, type Rng } from '@footlight/core';
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

/** Options of every model that reads the history item by item. */
export interface SequenceOptions {
  /** Length of the vectors of items and of the state after a step. */
  readonly dim: number;
  /** Largest number of steps of history that are read; earlier steps are ignored. */
  readonly history: number;
  /** Whether a learned bias per item is added to its score. Default true. */
  readonly biases?: boolean;
  /** Embedding of items. Default `scaledEmbeddings()`: one row per item, drawn from N(0, 1/dim²). */
  readonly itemEmbedding?: EmbeddingFactory;
  /** Whether one embedding reads and scores items; false learns a second embedding for scoring. Default true. */
  readonly tied?: boolean;
}

/** Sequence encoder: the part of a sequence model between the embedding of the items and their scores. */
export interface SequenceEncoder {
  readonly parameters: Parameters;
  /**
   * Encodes the history up to each step. Items under a zero of the mask are padding.
   *
   * @shape items `[batch, time, dim]`, mask `[batch, time]` → `[batch, time, dim of the state]`
   */
  encode(items: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D;
  /** Scores items, if not by the dot product with the state. */
  score?(
    vectors: tf.Tensor2D,
    item: Embedding,
    bias: TableEmbedding | undefined,
    candidates?: tf.Tensor2D,
  ): tf.Tensor2D;
}

/**
 * Creates a sequence model: a sequence encoder between an embedding that reads items and one, usually the same, that
 * scores them.
 *
 * @param own the options of the encoder, for the protocol
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
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
          ...omitUndefined({ features: itemFeatures }),
        });
      const item = create('item');
      const scored = tied ? item : create('output');
      const bias = biases ? zeroEmbedding({ count: itemCount, dim: 1 }) : undefined;
      const encoder = createEncoder(rng.fork('reader'), itemCount);
      const score = encoder.score ?? scoreItems;
      return {
        reads: { history },
        parameters: {
          item: item.parameters,
          ...omitUndefined({
            output: tied ? undefined : scored.parameters,
            itemBias: bias?.parameters,
            reader: Object.keys(encoder.parameters).length > 0 ? encoder.parameters : undefined,
          }),
        },
        encode: ({ history: items, mask }) => ({
          vectors: encoder.encode(item.apply(items) as tf.Tensor3D, mask),
        }),
        score: (vectors, candidates) => score(vectors, scored, bias, candidates),
        ...omitUndefined({ catalogue: encoder.score ? undefined : () => createCatalogueProduct(scored, bias) }),
        itemVectors: () => scored.all(),
      };
    },
  };
}

/** Sets padding to zero. @shape `[batch, time, dim]`, mask `[batch, time]` → `[batch, time, dim]` */
export function applyMask(steps: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  return tf.mul(steps, tf.expandDims(mask, 2));
}
