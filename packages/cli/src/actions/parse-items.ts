import { RecsysError } from '@footlight/core';
import type { Recommender } from '@footlight/trainer';

/**
 * Original ids of the items in a list such as `Alien (1979), 1210, American President, The (1995)`.
 *
 * A title may contain commas: the longest sequence of pieces that names an item is taken.
 */
export function parseItems(recommender: Pick<Recommender, 'findItem'>, list: string): (string | number)[] {
  const pieces = list
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const items: (string | number)[] = [];
  for (let from = 0; from < pieces.length; ) {
    const [item, to] = findLongest(recommender, pieces, from);
    items.push(item);
    from = to;
  }
  return items;
}

function findLongest(
  recommender: Pick<Recommender, 'findItem'>,
  pieces: readonly string[],
  from: number,
): [item: string | number, to: number] {
  for (let to = pieces.length; to > from + 1; to--) {
    try {
      return [recommender.findItem(pieces.slice(from, to).join(', ')), to];
    } catch (error) {
      if (!(error instanceof RecsysError)) throw error;
    }
  }
  return [recommender.findItem(pieces[from]!), from + 1];
}
