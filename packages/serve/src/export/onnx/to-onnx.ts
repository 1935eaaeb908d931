import { RecsysError } from '@footlight/core';
import { tf } from '@footlight/engine';
import { type Recommender, toModelInput, toQueries } from '@footlight/trainer';
import { hasFactors } from '../read-vectors.js';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.js';
import { addLinearScores } from './linear-scores.js';
import { addList } from './list-items.js';
import { encodeModel, type OnnxValue } from './proto.js';
import { addHistory, type HistoryParts } from './read-history.js';
import { addTracedScores } from './score-graphs.js';
import { addTableScores } from './table-scores.js';
import { addUserAnswers } from './user-answers.js';

const where = 'toOnnx';

/** Protocol buffers end at 2 GB. */
const maximumBytes = 2 ** 31 - 2 ** 20;

/** What a model is called in its file. */
export interface OnnxDescription {
  /** Name of the model, e.g. `factorization(64)`. */
  readonly name: string;
  /** Texts that the file contains as metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Converts a model to ONNX: a graph that recommends items to batches of any length, in ONNX Runtime and the like.
 *
 * Inputs are dense ids, the positions in `catalogue.itemIds` and `catalogue.userIds`:
 *
 * - `user` `[batch]` int64; for models that read user ids
 * - `history` `[batch, time]` int64, oldest first, any number of steps: what the model reads, and what is not
 *   recommended again
 * - `mask` `[batch, time]` float32: 1 for an item, 0 for padding, which may stand anywhere
 * - `count` `[1]` int64
 *
 * Outputs:
 *
 * - `items` `[batch, count]` int64: the list of `recommend`, best first; −1 where there are no more items, or where
 *   `recommend` refuses: all items have the same score, or the model has learned nothing about the user
 * - `item_scores` `[batch, count]` float32: their scores
 * - `scores` `[batch, item]` float32: scores of all items
 *
 * The graph is the computation that the model itself runs, recorded; its scores differ from those of Footlight by the
 * rounding of 32-bit sums, so that items may change places whose scores agree to about six digits.
 *
 * @throws {RecsysError} `invalid-argument` for a model that is not a graph of operations, with the reason; `too-large`
 *   if the file would exceed 2 GB
 * @example
 * const bytes = await toOnnx(recommender, { name: 'factorization(64)' });
 */
export async function toOnnx(
  recommender: Recommender,
  { name, metadata = {} }: OnnxDescription,
): Promise<Uint8Array<ArrayBuffer>> {
  const { reads } = recommender.predictor;
  const { itemCount } = recommender.catalogue;
  assertSize(recommender);
  const builder = createGraphBuilder('history');
  const time = typeof reads === 'object' ? reads.history : 1;
  const history = addHistory(builder, { history: 'history', mask: 'mask' }, time, itemCount);
  const learned = await addScores(builder, recommender, history);
  const { scores, ...answers } =
    reads === 'user'
      ? await addUserAnswers(builder, recommender, 'user', learned)
      : { scores: addEmptyHistory(builder, recommender, history.mask, learned) };
  const list = addList(builder, itemCount, { scores, clicks: history.clicks, count: 'count', ...answers });
  builder.addOutput('items', list.items);
  builder.addOutput('item_scores', list.itemScores);
  builder.addOutput('scores', scores);
  return encodeModel({
    name,
    description: `Recommends items of a catalogue of ${itemCount}; ids are positions in the catalogue.`,
    inputs: [...(reads === 'user' ? [userInput] : []), ...inputs],
    outputs: listOutputs(itemCount),
    ...{ constants: builder.constants, nodes: builder.nodes, metadata },
  });
}

async function addScores(builder: GraphBuilder, recommender: Recommender, history: HistoryParts): Promise<string> {
  const { predictor } = recommender;
  const { reads } = predictor;
  if (reads === 'user' && (predictor.steps || hasFactors(recommender)))
    return addTableScores(where, builder, recommender, 'user');
  const isLinear = predictor.sparse !== undefined || (reads === 'basket' && !predictor.products);
  if (isLinear)
    return addLinearScores(where, builder, recommender, reads === 'basket' ? history.clicks : history.recentClicks);
  return addTracedScores(where, builder, recommender, {
    ...(reads === 'user' && { users: 'user' }),
    ...(typeof reads === 'object' && { history: history.items, mask: history.mask }),
    clicks: history.clicks,
  });
}

/** Adds the scores of an empty history, which are those of the model itself: no step of it is real. */
function addEmptyHistory(builder: GraphBuilder, { predictor }: Recommender, mask: string, scores: string): string {
  if (typeof predictor.reads !== 'object') return scores;
  const empty = tf.tidy(() =>
    predictor.score(toQueries(toModelInput([new Int32Array(0)], predictor.reads))).dataSync(),
  );
  const isEmpty = builder.add('Equal', [
    builder.add('ReduceSum', [mask, builder.integers([1])], { keepdims: 1 }),
    builder.scalar(0),
  ]); // [batch, 1]
  return builder.add('Where', [isEmpty, builder.constant('float32', [1, empty.length], empty), scores]);
}

/** Refuses a file of more than 2 GB before its tables are made. */
function assertSize({ predictor, catalogue: { itemCount } }: Recommender): void {
  const isMatrix = predictor.sparse !== undefined || (predictor.reads === 'basket' && !predictor.products);
  const bytes = isMatrix ? 4 * itemCount ** 2 : 0;
  if (bytes > maximumBytes)
    throw new RecsysError(
      'too-large',
      `${where}: expected at most 2 GB, received a matrix of ${itemCount} × ${itemCount} weights. ` +
        'Leave out rare items (kCore), or export the lists with footlight recommend-all.',
    );
}

const userInput: OnnxValue = {
  ...{ name: 'user', type: 'int64', shape: ['batch'] },
  description: 'positions of the users in the catalogue',
};

const inputs: readonly OnnxValue[] = [
  {
    ...{ name: 'history', type: 'int64', shape: ['batch', 'time'] },
    description: 'positions of the items of each user in the catalogue, oldest first',
  },
  {
    ...{ name: 'mask', type: 'float32', shape: ['batch', 'time'] },
    description: '1 for an item, 0 for padding, whose item has no effect',
  },
  { ...{ name: 'count', type: 'int64', shape: [1] }, description: 'number of items of each list' },
];

const listOutputs = (itemCount: number): readonly OnnxValue[] => [
  {
    ...{ name: 'items', type: 'int64', shape: ['batch', 'count'] },
    description: 'positions of the recommended items in the catalogue, best first; -1 for none',
  },
  { ...{ name: 'item_scores', type: 'float32', shape: ['batch', 'count'] }, description: 'their scores' },
  { ...{ name: 'scores', type: 'float32', shape: ['batch', itemCount] }, description: 'scores of all items' },
];
