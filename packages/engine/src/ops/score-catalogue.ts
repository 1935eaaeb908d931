import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';

/**
 * Scores all items for each query by the scalar product of their rows with the query's vector.
 *
 * $$ s_{qi} = \sum_d v_{qd} \, W_{id} + b_i $$
 *
 * On the backend `native` the product takes the biases along: `[query, item]` is the largest tensor of a step, and adding them later would make another one.
 *
 * @example
 * scoreCatalogue(tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 0], [0, 5]]), tf.tensor2d([[0], [1]])) // [[3, 11]]
 * @shape vectors `[query, dim]`, table `[item, dim]`, bias `[item, 1]` → `[query, item]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 */
export function scoreCatalogue(vectors: tf.Tensor2D, table: tf.Tensor2D, bias?: tf.Tensor2D): tf.Tensor2D {
  const { dim } = assertShape('scoreCatalogue(vectors)', vectors, ['query', 'dim']);
  const { item } = assertShape('scoreCatalogue(table)', table, ['item', 'dim'], { dim });
  if (!bias) return tf.matMul(vectors, table, false, true);
  assertShape('scoreCatalogue(bias)', bias, ['item', '1'], { item, 1: 1 });
  const offsets = tf.reshape(bias, [item]); // [item]
  // Not on other backends: tfjs's wasm keeps what it packed of a right side together with the biases of that time.
  if (tf.getBackend() === 'native')
    return tf.fused.matMul({ a: vectors, b: table, transposeB: true, bias: offsets }) as tf.Tensor2D;
  return tf.add(tf.matMul(vectors, table, false, true), offsets);
}
