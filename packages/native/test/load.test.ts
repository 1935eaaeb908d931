import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksumOf, target } from '../identity.js';
import { loadFrom } from '../load.js';
import { there } from './compiled.js';

const own = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footlight-native-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The package with its binary, at a place where both may be spoilt. */
function copied(to = 'build/Release'): string {
  for (const part of ['src', 'binding.gyp']) cpSync(join(own, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, to), { recursive: true });
  for (const file of ['footlight.node', 'footlight.json'])
    cpSync(join(own, 'build/Release', file), join(folder, to, file));
  return join(folder, to, 'footlight.node');
}

function sealed(binary: string, change: object): void {
  const seal = join(dirname(binary), 'footlight.json');
  writeFileSync(seal, JSON.stringify({ ...JSON.parse(readFileSync(seal, 'utf8')), ...change }));
}

/** The reason without what differs from machine to machine. */
function reasonOf(): string | undefined {
  return loadFrom(folder).reason?.replaceAll(folder, '<folder>').replaceAll('\\', '/').replaceAll(target(), '<here>');
}

describe('load', () => {
  it('says that there is nothing', () => {
    expect(reasonOf()).toMatchInlineSnapshot(
      `"no C++ kernels for <here>: expected a prebuild or a build in <folder>, found neither"`,
    );
  });

  it.skipIf(!there)('takes what was compiled, or a prebuild', () => {
    copied(`prebuilds/${target()}`);
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!there)('takes a prebuild where no sources are', () => {
    copied(`prebuilds/${target()}`);
    rmSync(join(folder, 'src'), { recursive: true });
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!there)('knows a stale binary', () => {
    copied();
    writeFileSync(join(folder, 'src/gemm.cc'), '// changed');
    expect(reasonOf()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: made from other sources than those here; compile it again"`,
    );
  });

  it.skipIf(!there)('knows a binary for another platform', () => {
    sealed(copied(), { target: 'plan9-mips' });
    expect(reasonOf()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected kernels for <here>, received plan9-mips"`,
    );
  });

  it.skipIf(!there)('knows a binary that is cut off or changed, without loading it', () => {
    const binary = copied();
    truncateSync(binary, 100_000);
    expect(reasonOf()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: damaged; compile or install it again"`,
    );
  });

  it.skipIf(!there)('knows a binary without a seal', () => {
    rmSync(join(dirname(copied()), 'footlight.json'));
    expect(reasonOf()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected footlight.json beside it, found none; compile it again"`,
    );
  });

  it.skipIf(!there)('passes on why the system does not load one', () => {
    const binary = copied();
    writeFileSync(binary, 'no program');
    sealed(binary, { sha256: checksumOf(binary) });
    expect(loadFrom(folder).reason).toContain(`${binary}: `);
  });

  it.skipIf(!there)('looks further if what was compiled does not fit', () => {
    writeFileSync(copied(), 'no program');
    copied(`prebuilds/${target()}`);
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });
});

describe('build', () => {
  /** Runs the script of a copy of the package that sees these programs alone. */
  function build(...args: string[]): { status: number | null; output: string } {
    for (const part of ['src', 'binding.gyp', 'build.mjs', 'index.js', 'load.js', 'identity.js', 'package.json'])
      cpSync(join(own, part), join(folder, part), { recursive: true });
    symlinkSync(join(own, 'node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(process.execPath, join(folder, 'bin', 'node'));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['build.mjs', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: join(folder, 'bin') },
    });
    return { status, output: stdout + stderr };
  }

  it.skipIf(process.platform === 'win32')('says in one line that it cannot compile, and fails nothing', () => {
    const { status, output } = build();
    expect(output).toMatch(/^@footlight\/native: not compiled \(.+\); the engine runs on its other backends\.\n$/);
    expect(status).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('fails if it has to succeed', () => {
    expect(build('--required').status).toBe(1);
  });

  it.skipIf(!there)('does nothing where fitting kernels are', () => {
    expect(execFileSync(process.execPath, [join(own, 'build.mjs')], { encoding: 'utf8' })).toBe('');
  });
});
