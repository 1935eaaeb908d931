import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isCompiled } from './compiled.js';

const script = fileURLToPath(new URL('fuzz.mjs', import.meta.url));
const isSanitized = process.env.ASAN_OPTIONS !== undefined;
// 40 seconds under sanitizers, as `.ci/run` has it; elsewhere a glance, or as long as FOOTLIGHT_FUZZ_SECONDS says.
// WebAssembly, where what goes wrong stays in its memory, has a third of that.
const total = Number(process.env.FOOTLIGHT_FUZZ_SECONDS ?? (isSanitized ? 40 : 2));
const seconds = Math.ceil(process.env.FOOTLIGHT_TEST_KERNELS === undefined ? total : total / 3);

function run(...args: (string | number)[]): string {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, ...args.map(String)], {
    encoding: 'utf8',
    timeout: (seconds + 120) * 1000,
  });
  return status === 0 ? stdout : `ended with ${signal ?? status}: ${stderr.slice(-4000)}`;
}

describe.skipIf(!isCompiled)('arguments of every operation, wild and valid', () => {
  it(
    'are answered or refused',
    () => {
      const answer = run(seconds, Number(process.env.FOOTLIGHT_FUZZ_SEED ?? 1));
      expect(answer).toMatch(/^\{"calls":\d+/);
      expect(JSON.parse(answer).calls).toBeGreaterThan(50);
    },
    (seconds + 130) * 1000,
  );

  it(
    'are answered or refused in four workers at once',
    () => {
      const answer = run(Math.ceil(seconds / 3), Number(process.env.FOOTLIGHT_FUZZ_SEED ?? 100), 4);
      expect(answer).toMatch(/^\[\{"calls":\d+/);
      expect(JSON.parse(answer)).toHaveLength(4);
    },
    (seconds + 130) * 1000,
  );
});
