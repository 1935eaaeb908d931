import { join } from 'node:path';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { type TableOptions, table } from './table.js';

/** The columns of the files in the tests. */
export const names = { user: 'user', item: 'item', rating: 'stars', timestamp: 'time' } as const;
export const HEADER = 'user,item,stars,time\n';

/** Loads a file from a temporary folder. */
export async function load(
  fileName: string,
  content: Uint8Array | string,
  options: Partial<TableOptions> = {},
): Promise<Interactions> {
  const folder = createTemporaryFolder({ [fileName]: content });
  return table({ path: join(folder, fileName), ...names, ...options }).load(loadFrom(folder));
}

/** The message of the error that loading throws. */
export async function loadMessage(
  fileName: string,
  content: Uint8Array | string,
  options: Partial<TableOptions> = {},
): Promise<string> {
  const folder = createTemporaryFolder({ [fileName]: content });
  return catchMessage(table({ path: join(folder, fileName), ...names, ...options }).load(loadFrom(folder)), folder);
}
