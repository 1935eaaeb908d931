import { assertShape } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

/**
 * Catalogue scores: the scalar product of each query's vector with the rows of all items.
 *
 * $$ s_{qi} = \sum_d v_{qd} \, W_{id} + b_i $$
 *
 * Kernel `ScoreCatalogue`, which adds the biases within the product: `[query, item]` is the largest tensor of a step,
 * and a separate addition would make another one. tfjs's fused product is no substitute on other backends: on wasm it
 * keeps the biases of the first call with the packed right side.
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
  return runKernel(
    'ScoreCatalogue',
    { vectors, table, bias: tf.reshape(bias, [item]) as tf.Tensor1D },
    scoreCatalogueDefinition,
  );
}

function scoreCatalogueDefinition(inputs: {
  readonly vectors: tf.Tensor2D;
  readonly table: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}): tf.Tensor2D {
  return tf.add(tf.matMul(inputs.vectors, inputs.table, false, true), inputs.bias);
}
