import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getPlatformPackage, getTarget, hashFile } from '../identity.js';
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
  for (const part of ['src', 'kernels.gypi'])
    cpSync(join(packageFolder, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, to), { recursive: true });
  for (const file of ['footlight.node', 'footlight.json'])
    cpSync(join(packageFolder, 'build/Release', file), join(folder, to, file));
  return join(folder, to, 'footlight.node');
}

const platformPackage = `node_modules/${getPlatformPackage(getTarget())}`;

/** Copies the sources, and the binary into the package for this platform. */
function installBinary(): string {
  mkdirSync(join(folder, platformPackage), { recursive: true });
  writeFileSync(join(folder, platformPackage, 'package.json'), '{}');
  return copyBinary(platformPackage);
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
      `"no C++ kernels for <target>: expected @footlight/kernels-<target> or a build in <folder>, found neither"`,
    );
  });

  it.skipIf(!isCompiled)('loads the package for this platform', () => {
    installBinary();
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!isCompiled)('loads it without sources', () => {
    installBinary();
    rmSync(join(folder, 'src'), { recursive: true });
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });

  it.skipIf(!isCompiled)('refuses the package of another version, a damaged one and an incomplete one', () => {
    const binary = installBinary();
    writeFileSync(join(folder, 'src/other.cc'), '// added');
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/node_modules/@footlight/kernels-<target>/footlight.node: compiled from other sources than those of this @footlight/kernels; install the same version of both packages"`,
    );
    rmSync(join(folder, 'src/other.cc'));
    truncateSync(binary, 100_000);
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/node_modules/@footlight/kernels-<target>/footlight.node: damaged; install it again"`,
    );
    rmSync(binary);
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/node_modules/@footlight/kernels-<target>/footlight.node: expected the binary, found none; install it again"`,
    );
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
    expect(readReason()).toMatchInlineSnapshot(`"<folder>/build/Release/footlight.node: damaged; compile it again"`);
  });

  it.skipIf(!isCompiled)('refuses a binary without a fingerprint', () => {
    rmSync(join(dirname(copyBinary()), 'footlight.json'));
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected footlight.json beside it, found none; compile it again"`,
    );
  });

  it.skipIf(!isCompiled)('explains both binaries if neither fits', () => {
    changeFingerprint(copyBinary(), { target: 'plan9-mips' });
    rmSync(join(dirname(installBinary()), 'footlight.json'));
    expect(readReason()).toMatchInlineSnapshot(
      `"<folder>/build/Release/footlight.node: expected kernels for <target>, received plan9-mips; <folder>/node_modules/@footlight/kernels-<target>/footlight.node: expected footlight.json beside it, found none; install it again"`,
    );
  });

  it.skipIf(!isCompiled)('passes on the error of the system', () => {
    const binary = copyBinary();
    writeFileSync(binary, 'no program');
    changeFingerprint(binary, { sha256: hashFile(binary) });
    expect(loadFrom(folder).reason).toContain(`${binary}: `);
  });

  it.skipIf(!isCompiled)('tries the package for this platform if the local build does not fit', () => {
    writeFileSync(copyBinary(), 'no program');
    installBinary();
    expect(loadFrom(folder).kernels).toHaveProperty('threads');
  });
});
