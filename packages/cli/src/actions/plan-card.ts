import { resolve } from 'node:path';
import { invalid } from '@footlight/core';
import { resolveTarget } from '@footlight/core/files';
import { assertModelCard, type ModelCardOptions } from '@footlight/trainer';
import type { Context } from '../context.js';
import { formatFlag } from './format-flag.js';
import type { RunOptions } from './types.js';

/**
 * What the card beside the saved model says, after a check that it can be written; `undefined` if no model is saved, or
 * to a device, beside which no file belongs.
 *
 * @throws {RecsysError} `write-failed` if there are other files with the names of the card; `invalid-argument` for
 *   options of the card without a model that is saved, and for empty texts
 */
export async function planCard(
  { save, dataLicense: license, intendedUse, limits }: RunOptions,
  { cwd }: Pick<Context, 'cwd'>,
): Promise<ModelCardOptions | undefined> {
  const texts = { dataLicense: license === undefined ? undefined : [license], intendedUse, limits };
  for (const [option, given] of Object.entries(texts)) {
    if (given === undefined) continue;
    if (save === undefined) invalid('footlight run', `--save along with ${formatFlag(option)}`, 'none');
    if (given.some((text) => text.trim() === '')) invalid(formatFlag(option), 'a text', 'an empty one');
  }
  if (save === undefined || (await resolveTarget(resolve(cwd, save))).kind !== 'file') return undefined;
  await assertModelCard(resolve(cwd, save));
  return { license, intendedUse, limits };
}
