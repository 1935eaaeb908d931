import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from './pack.js';

const kernels = fileURLToPath(new URL('../../../packages/kernels', import.meta.url));

/**
 * Packs the binary that was compiled in the repository as a release does: as the package for this platform.
 *
 * @returns the archive; `undefined` if there is no binary that fits, after a sentence that says why
 */
export function packPlatform(destination: string): string | undefined {
  const parent = mkdtempSync(join(tmpdir(), 'footlight-platform-'));
  try {
    const script = join(kernels, 'platforms.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'write', parent], { encoding: 'utf8' });
    if (status === 0) return pack({ folder: stdout.trim() }, destination);
    console.log(`– C++ kernels for this platform: not packed (${stderr.trim()})`);
    return undefined;
  } finally {
    rmSync(parent, { recursive: true });
  }
}
