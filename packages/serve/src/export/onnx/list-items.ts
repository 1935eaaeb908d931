import type { GraphBuilder } from './graph-builder.js';

/** Names of the outputs. */
export interface ListOutputs {
  /** `[batch, count]` int64 */
  readonly items: string;
  /** `[batch, count]` float32 */
  readonly itemScores: string;
}

/**
 * Adds the list of the best items, under the rules of `recommend`: items of the history are left out, equal scores go
 * to the lower id, and where all items that are left have the same score, so that any list would be arbitrary, there is
 * none.
 *
 * @param inputs scores and clicks `[batch, item]` float32, count `[1]` int64, isAnswered `[batch]` bool
 */
export function addList(
  builder: GraphBuilder,
  itemCount: number,
  inputs: { readonly scores: string; readonly clicks: string; readonly count: string; readonly isAnswered?: string },
): ListOutputs {
  const { add, scalar, integers, cast } = builder;
  const { scores, clicks, isAnswered } = inputs;
  const isSeen = add('Greater', [clicks, scalar(0)]);
  const left = add('Where', [isSeen, scalar(-Infinity), scores]);
  const count = add('Min', [inputs.count, integers([itemCount])]);
  const [itemScores, best] = builder.addMany('TopK', [left, count], 2, { axis: 1, largest: 1, sorted: 1 });

  const rest = add('Where', [isSeen, scalar(Infinity), scores]);
  const axes = integers([1]);
  const greatest = add('ReduceMax', [left, axes], { keepdims: 1 });
  const isEqual = add('Equal', [greatest, add('ReduceMin', [rest, axes], { keepdims: 1 })]);
  const remaining = add('Sub', [scalar(itemCount), add('ReduceSum', [clicks, axes], { keepdims: 1 })]);
  const isArbitrary = add('And', [isEqual, add('Greater', [cast(remaining, 'int64'), count])]); // [batch, 1]
  const isMissing = add('Equal', [itemScores!, scalar(-Infinity)]);
  const isNone = add('Or', [isMissing, isArbitrary]);
  const isLeftOut = isAnswered ? add('Or', [isNone, add('Unsqueeze', [add('Not', [isAnswered]), axes])]) : isNone;
  const items = add('Where', [isLeftOut, scalar(-1, 'int64'), best!]);
  return { items, itemScores: itemScores! };
}
