import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@footlight/tooling-setup/run-child';
import { pack } from './pack.js';

const kernels = fileURLToPath(new URL('../../../packages/kernels', import.meta.url));

/**
 * Packs the binary that was compiled in the repository as a release does: as the package for this platform.
 *
 * @returns the archive; `undefined` if there is no binary that fits, after a sentence that says why
 */
export async function packPlatform(destination: string): Promise<string | undefined> {
  const parent = mkdtempSync(join(tmpdir(), 'footlight-platform-'));
  try {
    const script = join(kernels, 'platforms.mjs');
    const { code, stdout, stderr } = await runProgram(process.execPath, [script, 'write', parent]);
    if (code === 0) return await pack({ folder: stdout.trim() }, destination);
    console.log(`– C++ kernels for this platform: not packed (${stderr.trim()})`);
    return undefined;
  } finally {
    rmSync(parent, { recursive: true });
  }
}
