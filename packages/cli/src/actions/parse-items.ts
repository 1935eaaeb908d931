import { RecsysError } from '@footlight/core';
import type { Recommender } from '@footlight/trainer';

/**
 * Original ids of the items in a list such as `Alien (1979), 1210, American President, The (1995)`.
 *
 * A title may contain commas: the longest sequence of pieces that names an item is taken. A piece in quotation marks is
 * one title or id, `""` in it a quotation mark.
 *
 * @example
 * parseItems(recommender, 'Alien, "American President, The (1995)"')
 */
export function parseItems(recommender: Pick<Recommender, 'findItem'>, list: string): (string | number)[] {
  const pieces = splitList(list);
  const items: (string | number)[] = [];
  for (let from = 0; from < pieces.length; ) {
    const [item, to] = findLongest(recommender, pieces, from);
    items.push(item);
    from = to;
  }
  return items;
}

/** Text between commas, or in quotation marks. */
interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

function splitList(list: string): Piece[] {
  const pieces = list.matchAll(/\s*(?:"((?:[^"]|"")+)"\s*(?=,|$)|([^,]+))/g);
  return Array.from(pieces, ([, quoted, plain]) => ({
    text: quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"'),
    isQuoted: quoted !== undefined,
  })).filter(({ text }) => text !== '');
}

function findLongest(
  recommender: Pick<Recommender, 'findItem'>,
  pieces: readonly Piece[],
  from: number,
): [item: string | number, to: number] {
  const plain = pieces.slice(from).findIndex(({ isQuoted }) => isQuoted);
  for (let to = plain < 0 ? pieces.length : from + plain; to > from + 1; to--) {
    const texts = pieces.slice(from, to).map(({ text }) => text);
    try {
      return [recommender.findItem(texts.join(', ')), to];
    } catch (error) {
      if (!(error instanceof RecsysError)) throw error;
    }
  }
  return [recommender.findItem(pieces[from]!.text), from + 1];
}
