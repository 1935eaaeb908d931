import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isCompiled } from './compiled.js';

const script = fileURLToPath(new URL('gemm-errors.mjs', import.meta.url));

function measureErrors(
  name: 'sgemm' | 'bgemm',
  environment: Readonly<Record<string, string>>,
  ...sizes: 'large'[]
): { worst: number; hash: string } {
  return JSON.parse(
    execFileSync(process.execPath, [script, name, ...sizes], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    }),
  );
}

describe.skipIf(!isCompiled).each(['sgemm', 'bgemm'] as const)('%s', (name) => {
  it.each(['amx', 'avx512', 'avx2', 'portable'])(
    'has the accuracy of float sums for all sizes and transposes: %s',
    (instructions) => {
      const { worst } = measureErrors(name, { FOOTLIGHT_INSTRUCTIONS: instructions });
      expect(worst).toBeGreaterThan(0.01); // the comparison was not empty
      expect(worst).toBeLessThanOrEqual(1);
    },
  );

  // Nothing in it that the products before have not done to memory: no work for sanitizers.
  it.skipIf(process.env.ASAN_OPTIONS)('gives the same bytes with 1, 2 and 3 threads', () => {
    const hashes = ['1', '2', '3'].map((threads) => measureErrors(name, { FOOTLIGHT_THREADS: threads }, 'large').hash);
    expect(new Set(hashes).size).toBe(1);
  });
});
