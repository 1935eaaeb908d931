import { invalid, RecsysError, toPrintable } from '@footlight/core';
import type { Recommendation, Recommender, UserOrHistory } from '@footlight/trainer';
import type { Context } from '../context.js';
import { printJson } from '../terminal/print.js';
import { isParquet } from './list-encoders.js';
import { noteScale } from './note-scale.js';
import { openArtifact } from './open-artifact.js';
import { parseItems } from './parse-items.js';
import { predictPairs } from './predict-pairs.js';
import { recommendToUsers } from './recommend-to-users.js';
import type { ArtifactOptions, PredictOptions, RecommendOptions } from './types.js';
import { assertOutputs } from './write-output.js';

/** `footlight recommend`: recommends items to users of a saved model, or to a new user with a history. */
export async function recommend(path: string, options: RecommendOptions, context: Context): Promise<void> {
  const { count, exclude, json, clip, usersFile } = options;
  assertSources('recommend', 'usersFile', options);
  if (options.output !== undefined && isParquet(options.output))
    invalid(
      '--output',
      'a name that ends in .csv or .jsonl',
      `"${options.output}"`,
      'footlight recommend-all writes Parquet.',
    );
  await assertOutputs([options.output], context);
  const recommender = await openArtifact(path, options, context);
  const given = {
    ...(clip ? { clip } : {}),
    ...(exclude === undefined ? {} : { exclude: parseList('--exclude', recommender, exclude) }),
  };
  if (usersFile !== undefined) return recommendToUsers(recommender, { ...options, usersFile }, given, context);
  const recommendations = await recommender.recommend(readUserOrHistory(recommender, options), count, given);
  if (json) printJson(context.out, [recommendations]);
  else context.out.write(`${numberLines(recommendations)}\n`);
  noteScale(
    recommender,
    recommendations.flatMap(({ rating }) => rating ?? []),
    context,
  );
}

/** `footlight predict`: predicts ratings with a saved model, in the scale of its source. */
export async function predict(path: string, options: PredictOptions, context: Context): Promise<void> {
  const { item, pairs, clip } = options;
  assertSources('predict', 'pairs', options);
  if (pairs === undefined && item === undefined)
    fail('predict', 'either --item with --user or --history, or --pairs', 'neither');
  await assertOutputs([options.output], context);
  const recommender = await openArtifact(path, options, context);
  const given = clip ? { clip } : {};
  if (pairs !== undefined) return predictPairs(recommender, { ...options, pairs }, given, context);
  const rating = await recommender.predict(readUserOrHistory(recommender, options), recommender.findItem(item!), given);
  context.out.write(`${rating.toFixed(4)}\n`);
  noteScale(recommender, [rating], context);
}

type Many = 'usersFile' | 'pairs';

/** Options that only mean something for many users. */
const optionsOfMany = ['output', 'skipUnknown', 'columns'] as const;

/** Checks that users come from one place: `--user`, `--history` or a file. */
function assertSources(command: string, many: Many, options: ArtifactOptions & { readonly [file in Many]?: string }) {
  const { user, history, ratings } = options;
  const flag = many === 'pairs' ? '--pairs' : '--users-file';
  const sources = [
    ...(user === undefined ? [] : ['--user']),
    ...(history === undefined ? [] : ['--history']),
    ...(options[many] === undefined ? [] : [flag]),
  ];
  if (sources.length !== 1)
    fail(command, `either --history or --user, or ${flag}`, sources.length === 0 ? 'none' : sources.join(' and '));
  if (ratings !== undefined && history === undefined) fail(command, '--history along with --ratings', 'none');
  if (options[many] !== undefined) {
    const stray = ['item', 'ratings'].find(
      (name) => (options as Readonly<Record<string, unknown>>)[name] !== undefined,
    );
    if (stray !== undefined) fail(command, `${flag} alone`, `--${stray} as well`);
    return;
  }
  const stray = optionsOfMany.find((name) => (options as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (stray !== undefined)
    fail(command, `${flag} along with --${stray === 'skipUnknown' ? 'skip-unknown' : stray}`, 'none');
}

function fail(command: string, expected: string, received: string): never {
  throw new RecsysError('invalid-argument', `footlight ${command}: expected ${expected}, received ${received}.`);
}

function readUserOrHistory(recommender: Recommender, { history, user, ratings }: ArtifactOptions): UserOrHistory {
  if (user !== undefined) return { user };
  const items = parseList('--history', recommender, history!);
  return ratings === undefined ? { history: items } : { history: items, ratings: parseRatings(ratings) };
}

export function parseList(flag: string, recommender: Recommender, list: string): (string | number)[] {
  const items = parseItems(recommender, list);
  if (items.length > 0) return items;
  return invalid(flag, 'titles or ids separated by commas', `"${list}"`, 'Name at least one item.');
}

function parseRatings(list: string): number[] {
  return list.split(',').map((text) => {
    const rating = Number(text);
    if (text.trim() !== '' && Number.isFinite(rating)) return rating;
    throw new RecsysError(
      'invalid-argument',
      `--ratings: expected numbers separated by commas, received "${list}". Write one per item of --history.`,
    );
  });
}

/** A numbered list: titles where there are any, else ids; with ratings where the model predicts them. */
export function numberLines(recommendations: readonly Recommendation[]): string {
  const width = String(recommendations.length).length;
  const formatRating = (rating: number | undefined) => (rating === undefined ? '' : `  ${rating.toFixed(2)}`);
  return recommendations
    .map(({ item, title, rating }, at) => {
      const name = toPrintable(String(title === '' ? item : title));
      return `${String(at + 1).padStart(width + 1)}. ${name}${formatRating(rating)}`;
    })
    .join('\n');
}
