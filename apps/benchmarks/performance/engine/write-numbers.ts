import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTemporaryFolder } from '../measure/cache-folder.js';

/** Writes numbers to a temporary file that peers read. @returns its path */
export function writeNumbers(name: string, values: Int32Array | Float32Array): string {
  const path = join(getTemporaryFolder(), `${name}.bin`);
  writeFileSync(path, values);
  return path;
}
