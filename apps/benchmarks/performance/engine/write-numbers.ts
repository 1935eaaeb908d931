import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes numbers to a temporary file that peers read. @returns its path */
export function writeNumbers(name: string, values: Int32Array | Float32Array): string {
  const path = join(tmpdir(), `footlight-engine-${name}.bin`);
  writeFileSync(path, values);
  return path;
}
