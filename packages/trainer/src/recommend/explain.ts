import { invalid } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { chooseBatchSize } from '../evaluate/choose-batch-size.js';
import { toModelInput, toQueries } from './model-input.js';
import type { Predictor } from './predictor.js';
import { compute } from './score-history.js';
import type { Contribution } from './types.js';

/**
 * Finds the items of a history that contributed most to each item of a list.
 *
 * A model that reads histories is asked again without each item: the contribution is the fall of the score. A model of
 * user ids has no history to leave an item out of; the contribution is then the cosine of the two item vectors.
 *
 * @returns the `count` largest contributions per item of the list
 * @throws {RecsysError} `invalid-argument` for a model of user ids without item vectors
 */
export function explain(
  predictor: Predictor,
  { itemIds, itemTitles, itemCount }: Catalogue,
  history: Int32Array,
  list: Int32Array,
  scores: Float32Array,
  count: number,
): Contribution[][] {
  const { reads } = predictor;
  const read = typeof reads === 'object' ? history.slice(-reads.history) : history;
  const items = Int32Array.from(new Set(read));
  if (items.length === 0 || list.length === 0) return Array.from(list, () => []);
  const contributions =
    reads === 'user' ? findCosines(predictor, items, list) : leaveOut(predictor, itemCount, read, items, list, scores);
  return Array.from(list, (_, place) =>
    Array.from(items, (item, row) => ({
      item: itemIds[item]!,
      title: itemTitles?.[item] ?? '',
      contribution: contributions[row * list.length + place]!,
    }))
      .sort((a, b) => b.contribution - a.contribution)
      .slice(0, count),
  );
}

/** The falls of the scores without each item of the history, `[history item, list item]`. */
function leaveOut(
  predictor: Predictor,
  itemCount: number,
  history: Int32Array,
  items: Int32Array,
  list: Int32Array,
  scores: Float32Array,
): Float32Array {
  const falls = new Float32Array(items.length * list.length);
  const size = chooseBatchSize(predictor.reads, itemCount);
  for (let start = 0; start < items.length; start += size) {
    const without = Array.from(items.subarray(start, start + size), (item) => history.filter((each) => each !== item));
    const candidates = Int32Array.from({ length: without.length * list.length }, (_, at) => list[at % list.length]!);
    const remaining = compute(() =>
      predictor.scoreCandidates(
        toQueries(toModelInput(without, predictor.reads)),
        tf.tensor2d(candidates, [without.length, list.length], 'int32'),
      ),
    );
    for (let at = 0; at < remaining.length; at++)
      falls[start * list.length + at] = scores[list[at % list.length]!]! - remaining[at]!;
  }
  return falls;
}

/** @returns cosines `[history item, list item]` */
function findCosines({ itemVectors }: Predictor, items: Int32Array, list: Int32Array): Float32Array {
  const readVectors =
    itemVectors ??
    invalid(
      'recommend(explain)',
      'a model that reads histories, or has item vectors',
      'one that does neither',
      'Leave the option out.',
    );
  return compute(() => {
    const vectors = readVectors();
    const gather = (ids: Int32Array) => {
      const rows = tf.gather(vectors, tf.tensor1d(ids, 'int32'));
      return tf.div(rows, tf.maximum(tf.norm(rows, 2, 1, true), 1e-12)) as tf.Tensor2D;
    };
    return tf.matMul(gather(items), gather(list), false, true);
  });
}
