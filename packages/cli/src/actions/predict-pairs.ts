import { basename, resolve } from 'node:path';
import { invalid, RecsysError } from '@footlight/core';
import { formatCsv } from '@footlight/report';
import type { Recommender } from '@footlight/trainer';
import Papa from 'papaparse';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import { checkLines, readFirstLine } from './check-lines.js';
import { isOutside, noteOutside } from './note-scale.js';
import type { PredictOptions } from './types.js';
import { writePerLine } from './write-per-line.js';

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
  const isKnown = ([user, item]: Pair) => recommender.has('user', user) && recommender.has('item', item);
  const header = parseRow(await readFirstLine(file), pairs, 1).map((name) => name.trim());
  const columns = findColumns(header, options);
  const toPair = (row: readonly string[]): Pair => [row[columns[0]]!, row[columns[1]]!];
  if (isKnown(toPair(header)))
    failFile(pairs, 'a header in line 1', `the pair ${toPair(header).join(', ')}`, 'Add one, such as user,item.');
  const parse = (text: string, line: number): Pair | undefined => {
    const row = parseRow(text, pairs, line);
    if (row.length !== header.length)
      failFile(
        pairs,
        `${header.length} fields, as in the header`,
        `${row.length} in line ${line}`,
        'Correct the line.',
      );
    const pair = toPair(row);
    return isKnown(pair) ? pair : undefined;
  };
  const what = 'a user and an item of the model per line';
  const lines = await checkLines(file, { what, parse, skipUnknown, header: true }, context);
  let outside = 0;
  await writePerLine(
    {
      ...{ path, lines, label: 'predict', unit: 'rows', titles: ['user', 'item', 'rating'] },
      compute: (pairs) => recommender.predictEach(pairs, given),
      format(rating, { value }) {
        if (isOutside(rating, recommender.ratingRange)) outside++;
        return formatCsv([[...value, rating]]);
      },
    },
    context,
  );
  if (path !== undefined) printNote(context.err, `${path}: ${lines.count} predictions.`);
  noteOutside(recommender, outside, lines.count, context);
}

/** Positions of the columns of users and items: the first two, or those that were named. */
function findColumns(names: readonly string[], { pairs, columns }: PredictOptions): [user: number, item: number] {
  if (columns === undefined) {
    if (names.length >= 2) return [0, 1];
    return failFile(pairs!, 'a header with a column of users and one of items', `"${names.join(',')}"`);
  }
  const wanted = parseRow(columns, '--columns', 1).map((name) => name.trim());
  const found = wanted.map((name) => names.indexOf(name));
  if (found.length === 2 && found.every((at) => at >= 0) && found[0] !== found[1]) return found as [number, number];
  const example = names.slice(0, 2).join(',');
  return invalid('--columns', `two columns of ${pairs}, such as "${example}"`, `"${columns}"`);
}

/** The fields of one line of CSV. */
function parseRow(text: string, file: string, line: number): string[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',' });
  if (errors.length > 0) failFile(file, 'a line of CSV', `${text} in line ${line}`, `${errors[0]!.message}.`);
  return data[0] ?? [];
}

function failFile(file: string, expected: string, received: string, hint = ''): never {
  throw new RecsysError(
    'invalid-data',
    `${basename(file)}: expected ${expected}, received ${received}.${hint && ` ${hint}`}`,
  );
}
