import { assertShape } from '@footlight/core';
import { allocate, holdsTensorsElsewhere, readValues, toTensor } from '../memory.js';
import { readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { scoreCatalogue } from './score-catalogue.js';

/** Scores that are products of two factors, and one target per query. */
export interface ProductTargets {
  /** `[query, dim]` */
  readonly vectors: tf.Tensor2D;
  /** `[item, dim]` */
  readonly table: tf.Tensor2D;
  /** `[item]`. Default: zeros. */
  readonly bias?: tf.Tensor1D | undefined;
  /** `[query]` int32 */
  readonly targets: tf.Tensor1D;
}

/**
 * Softmax cross-entropy over the catalogue for scores that are products, which are never held for all items.
 *
 * $$ \ell_q = \log \sum_j e^{s_{qj}} - s_{q t_q}, \quad s_{qj} = v_q \cdot W_j + b_j $$
 *
 * The sum is accumulated over pieces of the catalogue, relative to the largest score so far; the backward pass computes
 * the scores of each piece again. Beside inputs and gradients, memory is a few arrays of 4 million numbers, whatever
 * the numbers of queries and items.
 *
 * @shape vectors `[query, dim]`, table `[item, dim]`, bias `[item]`, targets `[query]` int32 → `[query]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree or a target is no item
 * @source ours; the accumulation: Milakov and Gimelshein 2018, https://arxiv.org/abs/1805.02867
 */
export function catalogueSoftmaxLoss(inputs: ProductTargets): tf.Tensor1D {
  return computeInPieces(inputs, 2 ** 22);
}

/** @param pieceSize largest number of scores that are held at a time, if a piece has more than one item */
export function computeInPieces({ vectors, table, bias, targets }: ProductTargets, pieceSize: number): tf.Tensor1D {
  const { query, dim } = assertShape('catalogueSoftmaxLoss(vectors)', vectors, ['query', 'dim']);
  const { item } = assertShape('catalogueSoftmaxLoss(table)', table, ['item', 'dim'], { dim });
  if (bias) assertShape('catalogueSoftmaxLoss(bias)', bias, ['item'], { item });
  assertShape('catalogueSoftmaxLoss(targets)', targets, ['query'], { query });
  const ids = readRowIds('catalogueSoftmaxLoss(targets)', targets, item);
  const length = Math.max(1, Math.floor(pieceSize / Math.max(1, query)));
  const op = tf.customGrad(((v: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, save: tf.GradSaveFunc) => {
    const logSums = tf.tidy(() => sumInPieces(v, w, b, length));
    const scores = tf.add(tf.sum(tf.mul(v, tf.gather(w, targets)), 1), tf.gather(b, targets)); // [query]
    save([v, w, b, logSums]);
    const gradFunc = (dy: tf.Tensor1D, saved: tf.Tensor[]) =>
      differentiate(saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor1D], dy, ids, length);
    return { value: tf.sub(logSums, scores), gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return tf.tidy(() => op(vectors, table, bias ?? tf.zeros([item])) as tf.Tensor1D);
}

/** Scores of the items from `start` on. @shape → `[query, piece]` */
function scorePiece(v: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, start: number, length: number) {
  const count = Math.min(length, w.shape[0] - start);
  const rows = tf.slice(w, [start, 0], [count, w.shape[1]]);
  return { rows, scores: scoreCatalogue(v, rows, tf.reshape(tf.slice(b, [start], [count]), [count, 1])) };
}

/** log Σ exp of the scores of each query. @shape → `[query]` */
function sumInPieces(v: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, length: number): tf.Tensor1D {
  let total: tf.Tensor1D | undefined;
  for (let start = 0; start < w.shape[0]; start += length) {
    const earlier = total;
    total = tf.tidy(() => {
      const piece = tf.logSumExp(scorePiece(v, w, b, start, length).scores, 1) as tf.Tensor1D;
      return earlier ? (tf.logSumExp(tf.stack([earlier, piece], 1), 1) as tf.Tensor1D) : piece;
    });
    earlier?.dispose();
  }
  return total!;
}

/** The gradients of vectors, table and bias: those of the sum piece by piece, then those of the targets. */
function differentiate(
  [v, w, b, logSums]: [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor1D],
  dy: tf.Tensor1D,
  ids: Int32Array,
  length: number,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const [item, dim] = w.shape;
  const targets = tf.tensor1d(ids, 'int32');
  const factors = tf.reshape(dy, [-1, 1]); // [query, 1]
  const [ofTable, ofBias] = [collectRows(item, dim), collectRows(item, 1)];
  let ofVectors = tf.neg(tf.mul(factors, tf.gather(w, targets))) as tf.Tensor2D;
  for (let start = 0; start < item; start += length) {
    const earlier = ofVectors;
    const [next, rows, biases] = tf.tidy(() => {
      const piece = scorePiece(v, w, b, start, length);
      const weights = tf.mul<tf.Tensor2D>(tf.exp(tf.sub(piece.scores, tf.reshape(logSums, [-1, 1]))), factors);
      return [
        tf.add<tf.Tensor2D>(earlier, tf.matMul(weights, piece.rows)),
        tf.matMul(weights, v, true, false), // [piece, dim]
        tf.reshape(tf.sum(weights, 0), [-1, 1]) as tf.Tensor2D,
      ] as const;
    });
    earlier.dispose();
    ofTable.add(rows);
    ofBias.add(biases);
    ofVectors = next;
  }
  const table = ofTable.subtract(targets, ids, tf.mul<tf.Tensor2D>(v, factors));
  return [ofVectors, table, tf.reshape(ofBias.subtract(targets, ids, factors as tf.Tensor2D), [item])];
}

/** Collects the rows of a gradient piece by piece: in place where the memory of the backend can be written. */
function collectRows(count: number, dim: number) {
  const isElsewhere = holdsTensorsElsewhere();
  const pieces: tf.Tensor2D[] = [];
  const values = isElsewhere ? undefined : allocate(count * dim);
  let end = 0;
  return {
    /** Appends rows and disposes of them. */
    add(rows: tf.Tensor2D): void {
      if (!values) pieces.push(rows);
      else {
        values.set(readValues(rows), end);
        end += rows.size;
        rows.dispose();
      }
    },
    /** Subtracts rows from those of the targets and returns the whole. */
    subtract(targets: tf.Tensor1D, ids: Int32Array, rows: tf.Tensor2D): tf.Tensor2D {
      if (!values) return tf.sub(tf.concat(pieces, 0), tf.unsortedSegmentSum(rows, targets, count));
      const subtracted = readValues(rows);
      for (let at = 0; at < ids.length; at++)
        for (let d = 0; d < dim; d++) values[ids[at]! * dim + d]! -= subtracted[at * dim + d]!;
      return toTensor(values, [count, dim]) as tf.Tensor2D;
    },
  };
}
