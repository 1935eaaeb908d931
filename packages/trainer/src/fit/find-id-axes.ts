import { createRng } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';
import { collectParameters, disposeParameters } from '@footlight/layers';
import type { Representation } from '@footlight/models';

/** What the entries along an axis of a parameter belong to; `fixed`: to neither users nor items. */
export type AxisKind = 'user' | 'item' | 'fixed';

/**
 * Finds which axes of the parameters of a model have one entry per user or per item, by building it in small sizes. An
 * axis that depends on the counts in another way, such as the rows of a hashed table, is `undefined`.
 */
export function findIdAxes(model: Representation): Map<string, (AxisKind | undefined)[]> {
  const shapes = [
    [5, 7],
    [11, 7],
    [5, 13],
  ].map(([userCount, itemCount]) => readShapes(model, { userCount: userCount!, itemCount: itemCount! }));
  const [small, moreUsers, moreItems] = shapes as [Shapes, Shapes, Shapes];
  return new Map(
    [...small].map(([path, shape]) => [
      path,
      shape.map((size, axis) => classify(size, moreUsers.get(path)?.[axis], moreItems.get(path)?.[axis])),
    ]),
  );
}

type Shapes = Map<string, readonly number[]>;

function readShapes(model: Representation, sizes: Pick<Catalogue, 'userCount' | 'itemCount'>): Shapes {
  const { parameters } = model.build(sizes, createRng(0));
  try {
    return new Map([...collectParameters(parameters)].map(([path, { shape }]) => [path, [...shape]]));
  } finally {
    disposeParameters(parameters);
  }
}

function classify(size: number, withMoreUsers?: number, withMoreItems?: number): AxisKind | undefined {
  if (withMoreUsers === size && withMoreItems === size) return 'fixed';
  if (size === 5 && withMoreUsers === 11 && withMoreItems === 5) return 'user';
  if (size === 7 && withMoreUsers === 7 && withMoreItems === 13) return 'item';
  return undefined;
}
