import { resolve } from 'node:path';
import type { Recommender } from '@footlight/trainer';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import { checkLines } from './check-lines.js';
import { createListFormat, isJsonLines } from './format-lists.js';
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
  const { titles, format } = createListFormat(recommender, json || isJsonLines(path));
  let without = 0;
  await writePerLine(
    {
      ...{ path, lines, label: 'recommend', unit: 'users', ...(titles ? { titles } : {}) },
      compute: (users) => recommender.recommendEach(users, count, given),
      format(result, { line }, note) {
        if (result.refusal !== undefined) {
          without++;
          note(`${usersFile}, line ${line}: no list for user ${result.user}: ${result.refusal}.`);
        }
        return format(result);
      },
    },
    context,
  );
  const left = without > 0 ? `, ${without} without a list` : '';
  if (path !== undefined) printNote(context.err, `${path}: lists of ${lines.count - without} users${left}.`);
}
