import { join } from 'node:path';
import { createRng, type RecsysError } from '@footlight/core';
import { interactionLists } from '../sources/interaction-lists.js';
import { table } from '../sources/table.js';
import { createTemporaryFolder } from '../temporary-folder.fixture.js';
import type { FileLimits } from './file-limits.js';

const options = { rng: createRng(1) };

/** Loads a file of that content, with columns `user` and `item`: the number of its rows, or its error. */
export async function loadWithLimits(
  fileName: string,
  content: Uint8Array | string,
  limits?: FileLimits,
): Promise<string> {
  const path = join(createTemporaryFolder({ [fileName]: content }), fileName);
  const dataset = fileName.startsWith('lists')
    ? interactionLists({ path, ...(limits && { limits }) })
    : table({ path, user: 'user', item: 'item', ...(limits && { limits }) });
  const result = await dataset.load(options).catch((error: RecsysError) => `${error.code}: ${error.message}`);
  return typeof result === 'string' ? result : `${result.users.length} rows`;
}
