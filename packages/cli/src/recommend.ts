import { RecsysError } from '@footlight/core';
import {
  describeArtifact,
  loadArtifact,
  type Recommendation,
  type Recommender,
  type UserOrHistory,
} from '@footlight/trainer';
import { modelOf, ratingsOf } from './components-by-name.js';

export interface Question {
  readonly history?: string | undefined;
  readonly user?: string | undefined;
  readonly exclude?: string;
  readonly count: number;
}

/** A saved model, ready to be asked. */
export async function openArtifact(path: string): Promise<Recommender> {
  const description = await describeArtifact(path);
  return loadArtifact(path, await modelOf(description), ratingsOf(description));
}

/**
 * What a saved model recommends to a user that it knows, or to anybody with this history.
 *
 * @throws {RecsysError} `invalid-argument` for unknown users and items
 */
export async function answer(
  recommender: Recommender,
  { history, user, exclude, count }: Question,
): Promise<Recommendation[]> {
  return recommender.recommend(
    personOf(recommender, { history, user }),
    count,
    exclude === undefined ? {} : { exclude: itemsIn(recommender, exclude) },
  );
}

/** The rating that a saved model predicts, in the scale of its source. */
export async function predicted(
  recommender: Recommender,
  { item, ...who }: Pick<Question, 'history' | 'user'> & { readonly item: string },
): Promise<number> {
  return recommender.predict(personOf(recommender, who), recommender.findItem(item));
}

function personOf(recommender: Recommender, { history, user }: Pick<Question, 'history' | 'user'>): UserOrHistory {
  if ((history === undefined) === (user === undefined))
    throw new RecsysError(
      'invalid-argument',
      `footlight recommend: expected either --history or --user, received ${user === undefined ? 'neither.' : 'both.'}`,
    );
  return user === undefined ? { history: itemsIn(recommender, history!) } : { user };
}

/**
 * Original ids of the items in a list such as `Alien (1979), 1210, American President, The (1995)`.
 *
 * A title may hold commas: of what follows, the longest piece that names an item is taken.
 */
export function itemsIn(recommender: Pick<Recommender, 'findItem'>, list: string): (string | number)[] {
  const pieces = list
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const items: (string | number)[] = [];
  for (let from = 0; from < pieces.length; ) {
    const [item, to] = longest(recommender, pieces, from);
    items.push(item);
    from = to;
  }
  return items;
}

function longest(
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

/** A numbered list for people: titles where there are any, else ids; with ratings where the model predicts them. */
export function numbered(recommendations: readonly Recommendation[]): string {
  const width = String(recommendations.length).length;
  const stars = (rating: number | undefined) => (rating === undefined ? '' : `  ${rating.toFixed(2)}`);
  return recommendations
    .map(
      ({ item, title, rating }, at) =>
        `${String(at + 1).padStart(width + 1)}. ${title === '' ? item : title}${stars(rating)}`,
    )
    .join('\n');
}
