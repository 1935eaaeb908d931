import { resolve } from 'node:path';
import { toJsonLine } from '@footlight/core';
import { type CsvCell, formatCsv } from '@footlight/report';
import type { Recommender, UserRecommendations } from '@footlight/trainer';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import { checkLines } from './check-lines.js';
import type { RecommendOptions } from './types.js';
import { writePerLine } from './write-per-line.js';

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
  const titles = ['user', 'rank', 'item', 'title', 'score', ...nameRating(recommender)];
  let without = 0;
  await writePerLine(
    {
      ...{ path, lines, label: 'recommend', unit: 'users', ...(asJson ? {} : { titles }) },
      compute: (users) => recommender.recommendEach(users, count, given),
      format(result, { line }, note) {
        if (result.refusal !== undefined) {
          without++;
          note(`${usersFile}, line ${line}: no list for user ${result.user}: ${result.refusal}.`);
        }
        return asJson ? formatJsonLine(result) : formatCsv(listRows(result));
      },
    },
    context,
  );
  const left = without > 0 ? `, ${without} without a list` : '';
  if (path !== undefined) printNote(context.err, `${path}: lists of ${lines.count - without} users${left}.`);
}

const nameRating = ({ ratings }: Recommender): string[] => (ratings ? ['rating'] : []);

function formatJsonLine({ user, recommendations, refusal }: UserRecommendations): string {
  return `${toJsonLine({ user, recommendations, ...(refusal === undefined ? {} : { refusal }) })}\n`;
}

function listRows({ user, recommendations }: UserRecommendations): CsvCell[][] {
  return recommendations.map(({ item, title, score, rating }, at) => [
    user,
    at + 1,
    item,
    title,
    score,
    ...(rating === undefined ? [] : [rating]),
  ]);
}
