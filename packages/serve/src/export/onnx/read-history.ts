import type { GraphBuilder } from './graph-builder.js';

/** What a history is for a model. */
export interface HistoryParts {
  /** `[batch, time]` int64: the last items, oldest first, padded on the left with 0. */
  readonly items: string;
  /** `[batch, time]` float32: 1 for an item, 0 for padding. */
  readonly mask: string;
  /** `[batch, item]` float32: 1 for an item of the whole history. */
  readonly clicks: string;
  /** The same of the last items alone. */
  readonly recentClicks: string;
}

/**
 * Adds the reading of histories of any length, with padding wherever the mask is 0: real items move to the end, and the
 * last ones are kept. What lies under padding has no effect.
 *
 * @param inputs history `[batch, any]` int64, mask `[batch, any]` float32
 * @param time steps that the model reads
 */
export function addHistory(
  builder: GraphBuilder,
  { history, mask }: { readonly history: string; readonly mask: string },
  time: number,
  itemCount: number,
): HistoryParts {
  const { add, scalar, integers, cast, constant } = builder;
  const isReal = add('Not', [add('Equal', [mask, scalar(0)])]);
  const items = add('Where', [isReal, history, scalar(0, 'int64')]);
  const ones = cast(isReal, 'int64');

  // One more window of padding on the left, so that there are `time` steps in every history.
  const padding = add('Expand', [constant('int64', [1, 1], [0]), builder.shape([{ batches: 1 }, time])]);
  const allItems = add('Concat', [padding, items], { axis: 1 }); // [batch, time + any]
  const allReal = add('Concat', [padding, ones], { axis: 1 });

  // Padding is sorted before all items; each keeps its place among its kind.
  const length = add('Slice', [add('Shape', [allItems]), integers([1]), integers([2])]); // [1]
  const positions = add('Range', [scalar(0, 'int64'), add('Squeeze', [length]), scalar(1, 'int64')]);
  const keys = add('Add', [add('Mul', [allReal, length]), positions]);
  const [, order] = builder.addMany('TopK', [keys, length], 2, { axis: 1, largest: 0, sorted: 1 });
  const last = add('Slice', [order!, integers([-time]), integers([Number.MAX_SAFE_INTEGER]), integers([1])]);
  const lastItems = add('GatherElements', [allItems, last], { axis: 1 });
  const lastMask = cast(add('GatherElements', [allReal, last], { axis: 1 }), 'float32');

  const addClicks = (ids: string, isItem: string): string => {
    const zeros = add('Expand', [scalar(0), builder.shape([{ batches: 1 }, itemCount])]);
    return add('ScatterElements', [zeros, ids, isItem], { axis: 1, reduction: 'max' });
  };
  return {
    items: lastItems,
    mask: lastMask,
    clicks: addClicks(allItems, cast(allReal, 'float32')),
    recentClicks: addClicks(lastItems, lastMask),
  };
}
