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
import { getTarget, hashFile } from '../identity.js';
import { loadFrom } from '../load.js';
import { isCompiled } from './compiled.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footlight-native-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Copies the sources and the binary into a temporary folder, where a test may damage them. */
function copyBinary(to = 'build/Release'): string {
  for (const part of ['src', 'binding.gyp']) cpSync(join(packageFolder, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, to), { recursive: true });
  for (const file of ['footlight.node', 'footlight.json'])
    cpSync(join(packageFolder, 'build/Release', file), join(folder, to, file));
  return join(folder, to, 'footlight.node');
}

function changeFingerprint(binary: string, change: object): void {
  const file = join(dirname(binary), 'footlight.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
}

/** Reads the reason, without the parts that depend on the machine. */
function readReason(): string | undefined {
  return loadFrom(folder)
    .reason?.replaceAll(folder, '<folder>')
    .replaceAll('\\', '/')
    .replaceAll(getTarget(), '<target>');
}

describe('load', () => {
  it('explains that there is no binary', () => {
    expect(readReason()).toMatchInlineSnapshot(
      `"no C++ kernels for <target>: expected a prebuild or a build in <folder>, found neither"`,
    );
  });

  it.skipIf(!isCompiled)('loads a prebuild', () => {
    copyBinary(`prebuilds/${getTarget()}`);
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!isCompiled)('loads a prebuild without sources', () => {
    copyBinary(`prebuilds/${getTarget()}`);
    rmSync(join(folder, 'src'), { recursive: true });
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!isCompiled)('refuses a stale binary', () => {
    copyBinary();
    writeFileSync(join(folder, 'src/kernels/gemm.cc'), '// changed');
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: compiled from other sources than those here; compile it again"`,
    );
  });

  it.skipIf(!isCompiled)('refuses a binary for another platform', () => {
    changeFingerprint(copyBinary(), { target: 'plan9-mips' });
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected kernels for <target>, received plan9-mips"`,
    );
  });

  it.skipIf(!isCompiled)('refuses a truncated binary without loading it', () => {
    const binary = copyBinary();
    truncateSync(binary, 100_000);
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: damaged; compile or install it again"`,
    );
  });

  it.skipIf(!isCompiled)('refuses a binary without a fingerprint', () => {
    rmSync(join(dirname(copyBinary()), 'footlight.json'));
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected footlight.json beside it, found none; compile it again"`,
    );
  });

  it.skipIf(!isCompiled)('passes on the error of the system', () => {
    const binary = copyBinary();
    writeFileSync(binary, 'no program');
    changeFingerprint(binary, { sha256: hashFile(binary) });
    expect(loadFrom(folder).reason).toContain(`${binary}: `);
  });

  it.skipIf(!isCompiled)('tries the prebuild if the local build does not fit', () => {
    writeFileSync(copyBinary(), 'no program');
    copyBinary(`prebuilds/${getTarget()}`);
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });
});

describe('build', () => {
  /** Runs the script in a copy of the package, with Node as the only program on the PATH. */
  function runBuild(...args: string[]): { status: number | null; output: string } {
    for (const part of ['src', 'binding.gyp', 'build.mjs', 'index.js', 'load.js', 'identity.js', 'package.json'])
      cpSync(join(packageFolder, part), join(folder, part), { recursive: true });
    symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(process.execPath, join(folder, 'bin', 'node'));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['build.mjs', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: join(folder, 'bin') },
    });
    return { status, output: stdout + stderr };
  }

  it.skipIf(process.platform === 'win32')('explains in one line that it cannot compile, without an error', () => {
    const { status, output } = runBuild();
    expect(output).toMatch(/^@footlight\/kernels: not compiled \(.+\); the engine runs on its other backends\.\n$/);
    expect(status).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('fails with --required', () => {
    expect(runBuild('--required').status).toBe(1);
  });

  it.skipIf(!isCompiled)('does nothing if the kernels fit', () => {
    expect(execFileSync(process.execPath, [join(packageFolder, 'build.mjs')], { encoding: 'utf8' })).toBe('');
  });
});
