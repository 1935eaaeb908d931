import { resolve } from 'node:path';
import type { Recommender, UserRecommendations } from '@footlight/trainer';
import Papa from 'papaparse';
import type { Context } from '../context.js';
import { checkLines, type KnownLine } from './check-lines.js';
import { createSlowProgress } from './slow-progress.js';
import type { RecommendOptions } from './types.js';
import { writeOutput } from './write-output.js';

type Given = NonNullable<Parameters<Recommender['recommend']>[2]>;

/**
 * Recommends items to the users of a file with one id per line. Users are read, scored and written one batch at a
 * time, so memory does not grow with their number.
 */
export async function recommendToUsers(
  recommender: Recommender,
  options: RecommendOptions & { readonly usersFile: string },
  given: Given,
  context: Context,
): Promise<void> {
  const { count, usersFile, output: path, skipUnknown = false, json = false } = options;
  const file = resolve(context.cwd, usersFile);
  const parse = (text: string) => (recommender.has('user', text) ? text : undefined);
  const lines = await checkLines(file, { what: 'user ids of the model, one per line', parse, skipUnknown }, context);
  const asJson = json || /\.jsonl?$|\.ndjson$/.test(path ?? '');
  const progress = createSlowProgress('recommend', lines.count, 'users', context);
  let without = 0;
  await writeOutput(path, context, async (write) => {
    if (!asJson) await write(toCsv([['user', 'rank', 'item', 'title', 'score', ...nameRating(recommender)]]));
    const places: number[] = []; // lines of the users that are under way
    const ids = listUsers(lines.read(), places);
    for await (const result of recommender.recommendEach(ids, count, given)) {
      context.signal.throwIfAborted();
      const line = places.shift()!;
      if (result.refusal !== undefined) {
        without++;
        progress.clear();
        context.err.write(`${usersFile}, line ${line}: no list for user ${result.user}: ${result.refusal}.\n`);
      }
      await write(asJson ? toJsonLine(result) : toCsv(listRows(result)));
      progress.step();
    }
  }).finally(progress.clear);
  const left = without > 0 ? `, ${without} without a list` : '';
  if (path !== undefined) context.err.write(`${path}: lists of ${lines.count - without} users${left}.\n`);
}

async function* listUsers(lines: AsyncIterable<KnownLine<string>>, places: number[]): AsyncGenerator<string> {
  for await (const { line, value } of lines) {
    places.push(line);
    yield value;
  }
}

const nameRating = ({ ratings }: Recommender): string[] => (ratings ? ['rating'] : []);

function toJsonLine({ user, recommendations, refusal }: UserRecommendations): string {
  return `${JSON.stringify({ user, recommendations, ...(refusal === undefined ? {} : { refusal }) })}\n`;
}

function listRows({ user, recommendations }: UserRecommendations): unknown[][] {
  return recommendations.map(({ item, title, score, rating }, at) => [
    user,
    at + 1,
    item,
    title,
    score,
    ...(rating === undefined ? [] : [rating]),
  ]);
}

/** Rows of CSV, each with its line end; none for no rows. */
export function toCsv(rows: unknown[][]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows, { newline: '\n' })}\n`;
}
