import { assertChoice, assertInteger, invalid, type Json, omitUndefined, type Rng } from '@footlight/core';
import { findDistinctIds, findRealSteps, type RaggedLayout, scatterSteps, tf } from '@footlight/engine';
import {
  type Embedding,
  type EmbeddingFactory,
  type Parameters,
  scaledEmbeddings,
  type TableEmbedding,
  type Training,
  zeroEmbedding,
} from '@footlight/layers';
import type { Network, Representation } from '../types.js';
import { normalize } from './normalize.js';
import { assertPerceptron, type PairPerceptron, type PerceptronOptions, pairPerceptron } from './pair-perceptron.js';
import { scoreByCosine } from './score-by-cosine.js';
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
  /**
   * Scores items by a multilayer perceptron over the state and the vector of the item, e.g. `{ hidden: [64] }`.
   * Default: by their dot product. It has no product to rank by, so that training and ranking are slower.
   */
  readonly scorer?: PerceptronOptions;
  /**
   * Whether an item is scored by the dot product of its vector with the state, or by their cosine, which a loss should
   * divide by a temperature. Default `'dot'`.
   */
  readonly similarity?: 'dot' | 'cosine';
}

/** Sequence encoder: the part of a sequence model between the embedding of the items and their scores. */
export interface SequenceEncoder {
  readonly parameters: Parameters;
  /**
   * Encodes the history up to each step. Items under a zero of the mask are padding. `training` is present while
   * training.
   *
   * @shape items `[batch, time, dim]`, mask and hiddenSteps `[batch, time]` → `[batch, time, dim of the state]`
   */
  encode(items: tf.Tensor3D, mask: tf.Tensor2D, training?: Training, hiddenSteps?: tf.Tensor2D): tf.Tensor3D;
  /**
   * `encode` of real steps alone, where they are known, so that padding costs nothing. It must not depend on padding.
   *
   * @shape items `[step, dim]` → `[step, dim of the state]`
   */
  encodeSteps?(items: tf.Tensor2D, layout: RaggedLayout, training?: Training): tf.Tensor2D;
  /**
   * Encodes histories in which items repeat, given the vector of each once; the result is that of `encode`. Encoders
   * have it where it saves time. It takes the place of `encode` if at most `rowShare` of the steps have distinct items.
   *
   * @shape rows `[row, dim]`, index (the row at each step) and mask `[batch, time]` → `[batch, time, dim of the state]`
   */
  encodeRows?(rows: tf.Tensor2D, index: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor3D;
  /**
   * From 0 to 1, default 0.5. Encoders whose `encodeRows` rounds differently set 1, so that the vectors of a user do
   * not depend on which users are in the batch.
   */
  readonly rowShare?: number;
  /** Chooses the steps that are hidden while training, as `Network.hideSteps`. */
  hideSteps?: NonNullable<Network['hideSteps']>;
  /** Scores items, if not by the dot product with the state. */
  score?(
    vectors: tf.Tensor2D,
    item: Embedding,
    bias: TableEmbedding | undefined,
    candidates?: tf.Tensor2D,
    training?: Training,
  ): tf.Tensor2D;
}

/**
 * Creates a sequence model: a sequence encoder between an embedding that reads items and one, usually the same, that
 * scores them.
 *
 * @param own the options of the encoder, for the protocol
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or `scorer` has no layer
 */
export function sequenceModel(
  name: { readonly model: string; readonly where: string },
  options: SequenceOptions,
  own: Readonly<Record<string, Json>>,
  createEncoder: (rng: Rng, itemCount: number) => SequenceEncoder,
): Representation {
  const { dim, history, biases = true, itemEmbedding = scaledEmbeddings(), tied = true, scorer } = options;
  const { similarity = 'dot' } = options;
  assertInteger(`${name.where}(dim)`, dim);
  assertInteger(`${name.where}(history)`, history);
  if (scorer) assertPerceptron(`${name.where}(scorer)`, scorer, 'Without scorer, items are scored by the dot product.');
  assertChoice(`${name.where}(similarity)`, similarity, ['dot', 'cosine']);
  const cosine = similarity === 'cosine';
  if (cosine && scorer)
    invalid(`${name.where}(scorer)`, "none with similarity 'cosine'", 'one', 'Leave out one of them.');
  return {
    kind: 'representation',
    name: scorer ? `${name.model}(${dim}, scorer ${scorer.hidden.join(' ')})` : `${name.model}(${dim})`,
    protocol: {
      ...{ name: name.model, dim, history, ...own, biases, itemEmbedding: itemEmbedding.protocol, tied },
      ...omitUndefined({ scorer: scorer && { dropout: 0, output: 'linear', ...scorer, hidden: [...scorer.hidden] } }),
      ...(cosine && { similarity }),
    },
    reads: { history },
    build({ itemCount, itemFeatures, itemVectors }, rng): Network {
      const create = (label: string) =>
        itemEmbedding.create({
          count: itemCount,
          dim,
          rng: rng.fork(label),
          ...omitUndefined({ features: itemFeatures, denseFeatures: itemVectors }),
        });
      const item = create('item');
      const scored = tied ? item : create('output');
      const bias = biases ? zeroEmbedding({ count: itemCount, dim: 1 }) : undefined;
      const encoder = createEncoder(rng.fork('reader'), itemCount);
      const perceptron = scorer && pairPerceptron({ ...scorer, queryDim: dim, itemDim: dim, rng: rng.fork('scorer') });
      const scoreVectors = cosine ? scoreByCosine : scoreItems;
      const score = encoder.score ?? (perceptron ? scoreByPerceptron(perceptron) : scoreVectors);
      return {
        reads: { history },
        parameters: {
          item: item.parameters,
          ...omitUndefined({
            output: tied ? undefined : scored.parameters,
            itemBias: bias?.parameters,
            scorer: perceptron?.parameters,
            reader: Object.keys(encoder.parameters).length > 0 ? encoder.parameters : undefined,
          }),
        },
        encode: ({ history: items, mask, hiddenSteps }, training) => {
          const layout = encoder.encodeSteps && findRealSteps(mask);
          const scale = cosine ? normalize : <R extends tf.Tensor>(vectors: R) => vectors;
          const distinct = encoder.encodeRows && findDistinctIds(items, itemCount, encoder.rowShare);
          if (distinct) {
            const rows = item.apply(distinct.ids) as tf.Tensor2D; // [row, dim]
            return { vectors: scale(encoder.encodeRows!(rows, distinct.index, mask)) };
          }
          if (!layout) {
            const padded = scale(encoder.encode(item.apply(items) as tf.Tensor3D, mask, training, hiddenSteps));
            return { vectors: encoder.encodeSteps ? applyMask(padded, mask) : padded }; // as scattered steps have it
          }
          const steps = item.apply(listRealItems(items, layout)) as tf.Tensor2D; // [step, dim]
          return { vectors: scatterSteps(scale(encoder.encodeSteps!(steps, layout, training)), layout) };
        },
        score: (vectors, candidates, training) => score(vectors, scored, bias, candidates, training),
        ...omitUndefined({
          hideSteps: encoder.hideSteps,
          catalogue:
            encoder.score || perceptron
              ? undefined
              : () => createCatalogueProduct(cosine ? { ...scored, all: () => normalize(scored.all()) } : scored, bias),
        }),
        itemVectors: () => scored.all(),
      };
    },
  };
}

/** @shape items `[batch, time]` → `[step]` */
function listRealItems(items: tf.Tensor2D, { positions }: RaggedLayout): tf.Tensor1D {
  const ids = items.dataSync();
  return tf.tensor1d(
    positions.map((position) => ids[position]!),
    'int32',
  );
}

/** The score of the perceptron plus the bias of the item. */
function scoreByPerceptron({ score }: PairPerceptron): NonNullable<SequenceEncoder['score']> {
  return (vectors, item, bias, candidates, training) => {
    const scores = score(vectors, item, candidates, training);
    if (!bias) return scores;
    return tf.add(scores, candidates ? tf.squeeze(bias.apply(candidates), [2]) : tf.reshape(bias.table, [1, -1]));
  };
}

/** Sets padding to zero. @shape `[batch, time, dim]`, mask `[batch, time]` → `[batch, time, dim]` */
export function applyMask(steps: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  return tf.mul(steps, tf.expandDims(mask, 2));
}
