import { resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import type { Recommender } from '@footlight/trainer';
import Papa from 'papaparse';
import type { Context } from '../context.js';
import { checkLines, type KnownLine, readFirstLine } from './check-lines.js';
import { isOutside, noteOutside } from './note-scale.js';
import { openOutput } from './open-output.js';
import { toCsv } from './recommend-to-users.js';
import { createSlowProgress } from './slow-progress.js';
import type { PredictOptions } from './types.js';

type Pair = readonly [user: string, item: string];

/**
 * Predicts the ratings of the pairs of a CSV file with a header, one batch at a time, so that memory does not grow with
 * their number.
 */
export async function predictPairs(
  recommender: Recommender,
  options: PredictOptions & { readonly pairs: string },
  given: { readonly clip?: boolean },
  context: Context,
): Promise<void> {
  const { pairs, output: path, skipUnknown = false } = options;
  const file = resolve(context.cwd, pairs);
  const columns = findColumns(await readFirstLine(file), options);
  const parse = (text: string, line: number): Pair | undefined => {
    const row = parseRow(text, pairs, line);
    const pair = [row[columns[0]] ?? '', row[columns[1]] ?? ''] as const;
    return recommender.has('user', pair[0]) && recommender.has('item', pair[1]) ? pair : undefined;
  };
  const what = 'a user and an item of the model per line';
  const lines = await checkLines(file, { what, parse, skipUnknown, header: true }, context);
  const output = await openOutput(path, context);
  const progress = createSlowProgress('predict', lines.count, 'rows', context);
  let outside = 0;
  try {
    await output.write(toCsv([['user', 'item', 'rating']]));
    const under: Pair[] = [];
    for await (const rating of recommender.predictEach(listPairs(lines.read(), under), given)) {
      context.signal.throwIfAborted();
      if (isOutside(rating, recommender.ratingRange)) outside++;
      await output.write(toCsv([[...under.shift()!, rating]]));
      progress.step();
    }
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    progress.clear();
  }
  if (path !== undefined) context.err.write(`${path}: ${lines.count} predictions.\n`);
  noteOutside(recommender, outside, lines.count, context);
}

async function* listPairs(lines: AsyncIterable<KnownLine<Pair>>, under: Pair[]): AsyncGenerator<Pair> {
  for await (const { value } of lines) {
    under.push(value);
    yield value;
  }
}

/** Positions of the columns of users and items: the first two, or those that were named. */
function findColumns(header: string, { pairs, columns }: PredictOptions): [user: number, item: number] {
  const names = parseRow(header, pairs!, 1).map((name) => name.trim());
  if (columns === undefined) {
    if (names.length >= 2) return [0, 1];
    throw new RecsysError(
      'invalid-data',
      `${pairs}: expected a header with a column of users and one of items, received "${header}".`,
    );
  }
  const wanted = parseRow(columns, '--columns', 1).map((name) => name.trim());
  const found = wanted.map((name) => names.indexOf(name));
  if (found.length === 2 && found.every((at) => at >= 0)) return found as [number, number];
  throw new RecsysError(
    'invalid-argument',
    `--columns: expected two columns of ${pairs}, such as "${names.slice(0, 2).join(',')}", received "${columns}".`,
  );
}

/** The fields of one line of CSV. */
function parseRow(text: string, file: string, line: number): string[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',' });
  if (errors.length > 0)
    throw new RecsysError(
      'invalid-data',
      `${file}: expected a line of CSV, received ${text} in line ${line}. ${errors[0]!.message}.`,
    );
  return data[0] ?? [];
}
