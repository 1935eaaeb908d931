import { assertShape, invalid } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { groupByRow, readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';

/** Entry e says that `item[e]` is a target of `query[e]`, with a weight. */
export interface SoftmaxTargets {
  /** `[entry]` int32 */
  readonly query: tf.Tensor1D;
  /** `[entry]` int32 */
  readonly item: tf.Tensor1D;
  /** `[entry]`. It has no gradient. Default: all 1. */
  readonly weight?: tf.Tensor1D;
}

/**
 * Softmax cross-entropy over the catalogue with few targets per query.
 *
 * $$ \ell_q = -\sum_{e:\, \text{query}_e = q} w_e \log \frac{e^{s_{q\,\text{item}_e}}}{\sum_j e^{s_{qj}}} $$
 *
 * Kernel `SparseSoftmaxLoss`, which makes neither probabilities nor targets of `[query, item]`: the loss is one pass
 * over the logits, its gradient another.
 *
 * @shape logits `[query, item]`, targets `[query]` int32 or entries → `[query]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree or an id is out of range
 * @source ours
 */
export function sparseSoftmaxLoss(logits: tf.Tensor2D, targets: tf.Tensor1D | SoftmaxTargets): tf.Tensor1D {
  const { query, item } = assertShape('sparseSoftmaxLoss(logits)', logits, ['query', 'item']);
  return tf.tidy(() => {
    const entries = toEntries(targets, query);
    const queries = readRowIds('sparseSoftmaxLoss(targets.query)', entries.query, query);
    const items = readRowIds('sparseSoftmaxLoss(targets.item)', entries.item, item);
    const weights = entries.weight?.dataSync() as Float32Array | undefined;
    const inputs = { logits, targets: groupByRow(queries, items, weights, query) };
    return runKernel('SparseSoftmaxLoss', inputs, () => [sparseSoftmaxLossDefinition(logits, entries)])[0]!;
  });
}

function toEntries(targets: tf.Tensor1D | SoftmaxTargets, query: number): SoftmaxTargets {
  if (targets instanceof tf.Tensor) {
    assertShape('sparseSoftmaxLoss(targets)', targets, ['query'], { query });
    return { query: tf.range(0, query, 1, 'int32'), item: targets };
  }
  const { entry } = assertShape('sparseSoftmaxLoss(targets.query)', targets.query, ['entry']);
  assertShape('sparseSoftmaxLoss(targets.item)', targets.item, ['entry'], { entry });
  if (!targets.weight) return targets;
  assertShape('sparseSoftmaxLoss(targets.weight)', targets.weight, ['entry'], { entry });
  if (targets.weight.dtype !== 'float32') invalid('sparseSoftmaxLoss(targets.weight)', 'float32', targets.weight.dtype);
  return targets;
}

function sparseSoftmaxLossDefinition(logits: tf.Tensor2D, { query, item, weight }: SoftmaxTargets): tf.Tensor1D {
  // Not gather: its gradient would scatter into queries × items one segment at a time.
  // [query, item]
  const weights = tf.scatterND(tf.stack([query, item], 1), weight ?? tf.ones([query.shape[0]]), logits.shape);
  return tf.neg(tf.sum(tf.mul(weights, tf.logSoftmax(logits)), 1)) as tf.Tensor1D;
}
