import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listSources } from '../identity.js';

const source = fileURLToPath(new URL('../src', import.meta.url));
const kernels = listSources(source).filter((file) => /^(kernels|binding\/wasm)\/.*\.cc$/.test(file));

/** A compiler for WebAssembly, or `undefined`. */
const compiler = ['clang++-16', 'clang++'].find((command) =>
  spawnSync(command, ['--print-targets'], { encoding: 'utf8' }).stdout?.includes('wasm32'),
);
if (!compiler) console.warn('Test of freestanding kernels is skipped: found no clang for wasm32.');

describe.skipIf(!compiler)('kernels and their binding', () => {
  it('compile for WebAssembly without the standard library, exceptions and type information', () => {
    expect(kernels.length).toBeGreaterThan(10);
    const { status, stderr } = spawnSync(
      compiler as string,
      [
        ...['--target=wasm32', '-msimd128', '-nostdlib', '-ffreestanding', '-fno-exceptions', '-fno-rtti'],
        ...['-std=c++17', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', `-I${source}`],
        ...kernels.map((file) => `${source}/${file}`),
      ],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 180_000);
});
