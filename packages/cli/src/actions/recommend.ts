import { resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import {
  describeArtifact,
  loadArtifact,
  type Recommendation,
  type Recommender,
  type UserOrHistory,
} from '@footlight/trainer';
import type { Context } from '../context.js';
import { printJson } from '../terminal/print.js';
import { findModel, findRatings } from './find-model.js';
import type { ArtifactOptions, RecommendOptions } from './types.js';

/** `footlight recommend`: recommends items to a user of a saved model, or to a new user with a history. */
export async function recommend(path: string, options: RecommendOptions, context: Context): Promise<void> {
  const { count, exclude, json } = options;
  const recommender = await openArtifact(path, options, context);
  const recommendations = await recommender.recommend(
    readUserOrHistory(recommender, options, 'recommend'),
    count,
    exclude === undefined ? {} : { exclude: parseItems(recommender, exclude) },
  );
  if (json) printJson(context.out, [recommendations]);
  else context.out.write(`${numberLines(recommendations)}\n`);
}

/** `footlight predict`: predicts a rating with a saved model, in the scale of its source. */
export async function predict(
  path: string,
  { item, ...options }: ArtifactOptions & { readonly item: string },
  context: Context,
): Promise<void> {
  const recommender = await openArtifact(path, options, context);
  const rating = await recommender.predict(
    readUserOrHistory(recommender, options, 'predict'),
    recommender.findItem(item),
  );
  context.out.write(`${rating.toFixed(4)}\n`);
}

async function openArtifact(path: string, options: ArtifactOptions, { cwd }: Context): Promise<Recommender> {
  const file = resolve(cwd, path);
  const description = await describeArtifact(file);
  await useBackend(options.backend);
  return loadArtifact(file, await findModel(description, options, cwd), findRatings(description));
}

function readUserOrHistory(
  recommender: Recommender,
  { history, user }: ArtifactOptions,
  command: string,
): UserOrHistory {
  if ((history === undefined) === (user === undefined))
    throw new RecsysError(
      'invalid-argument',
      `footlight ${command}: expected either --history or --user, received ${user === undefined ? 'neither' : 'both'}.`,
    );
  return user === undefined ? { history: parseItems(recommender, history!) } : { user };
}

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

/** A numbered list: titles where there are any, else ids; with ratings where the model predicts them. */
export function numberLines(recommendations: readonly Recommendation[]): string {
  const width = String(recommendations.length).length;
  const formatRating = (rating: number | undefined) => (rating === undefined ? '' : `  ${rating.toFixed(2)}`);
  return recommendations
    .map(
      ({ item, title, rating }, at) =>
        `${String(at + 1).padStart(width + 1)}. ${title === '' ? item : title}${formatRating(rating)}`,
    )
    .join('\n');
}
