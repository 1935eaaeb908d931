import { assertShape, invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import { readRowIds } from '../sparse-rows.js';

/** Entry e says that `item[e]` is a target of `query[e]`, and how much it weighs. */
export interface SoftmaxTargets {
  readonly query: tf.Tensor1D; // [entry] int32
  readonly item: tf.Tensor1D; // [entry] int32
  /** Default 1 for each. No gradient. */
  readonly weight?: tf.Tensor1D; // [entry]
}

/**
 * Log-softmax over the catalogue with few targets per query.
 *
 * $$ \ell_q = -\sum_{e:\, \text{query}_e = q} w_e \log \frac{e^{s_{q\,\text{item}_e}}}{\sum_j e^{s_{qj}}} $$
 *
 * On the backend `native` neither probabilities nor targets are ever made as `[query, item]`: the loss is one pass over the logits, its gradient another.
 *
 * @shape logits `[query, item]`, targets `[query]` int32 or entries → `[query]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree or an id is out of range
 * @source ours
 */
export function sparseSoftmaxLoss(logits: tf.Tensor2D, targets: tf.Tensor1D | SoftmaxTargets): tf.Tensor1D {
  const { query, item } = assertShape('sparseSoftmaxLoss(logits)', logits, ['query', 'item']);
  const entries = entriesOf(targets, query);
  const queries = readRowIds('sparseSoftmaxLoss(targets.query)', entries.query, query);
  const items = readRowIds('sparseSoftmaxLoss(targets.item)', entries.item, item);
  if (item > 0 && tf.getBackend() === 'native' && loadNativeKernels() && viewValues(logits))
    return fused(logits, grouped(queries, items, entries.weight?.dataSync() as Float32Array | undefined, query));
  return definition(logits, entries);
}

function entriesOf(targets: tf.Tensor1D | SoftmaxTargets, query: number): SoftmaxTargets {
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

function definition(logits: tf.Tensor2D, { query, item, weight }: SoftmaxTargets): tf.Tensor1D {
  // Not gather: the backward pass would scatter into queries × items one segment at a time.
  const weights = tf.scatterND(tf.stack([query, item], 1), weight ?? tf.ones([query.shape[0]]), logits.shape); // [query, item]
  return tf.neg(tf.sum(tf.mul(weights, tf.logSoftmax(logits)), 1)) as tf.Tensor1D;
}

interface Grouped {
  readonly offsets: Int32Array; // [query + 1]
  readonly items: Int32Array; // [entry]
  readonly weights: Float32Array | undefined; // [entry]
}

/** Entries in the order of their queries, whatever order they came in. */
function grouped(queries: Int32Array, items: Int32Array, weights: Float32Array | undefined, query: number): Grouped {
  const offsets = new Int32Array(query + 1);
  for (const q of queries) offsets[q + 1]!++;
  for (let q = 0; q < query; q++) offsets[q + 1]! += offsets[q]!;
  const next = offsets.slice();
  const [sortedItems, sortedWeights] = [new Int32Array(items.length), weights && new Float32Array(items.length)];
  for (let entry = 0; entry < items.length; entry++) {
    const to = next[queries[entry]!]!++;
    sortedItems[to] = items[entry]!;
    if (sortedWeights) sortedWeights[to] = weights![entry]!;
  }
  return { offsets, items: sortedItems, weights: sortedWeights };
}

function fused(logits: tf.Tensor2D, { offsets, items, weights }: Grouped): tf.Tensor1D {
  const kernels = loadNativeKernels()!;
  const [query, item] = logits.shape;
  const op = tf.customGrad(((x: tf.Tensor2D, save: tf.GradSaveFunc) => {
    save([x]);
    const [losses, normalisers] = [new Float32Array(query), new Float32Array(query)];
    kernels.sparseSoftmaxLoss(viewValues(x)!, query, item, offsets, items, weights, losses, normalisers);
    const gradFunc = (dy: tf.Tensor1D, [saved]: tf.Tensor[]) => {
      const gradient = allocate(query * item);
      kernels.sparseSoftmaxGradient(
        viewValues(saved!)!,
        query,
        item,
        offsets,
        items,
        weights,
        normalisers,
        readValues(dy),
        gradient,
      );
      return toTensor(gradient, [query, item]);
    };
    return { value: tf.tensor1d(losses), gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return op(logits) as tf.Tensor1D;
}
