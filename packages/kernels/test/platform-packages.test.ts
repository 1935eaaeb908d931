import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashFile, hashSources, platforms } from '../identity.js';
import { readManifest, writePlatformPackage } from '../platform-packages.js';
import { publishPlatforms } from '../publish-platforms.js';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'footlight-platforms-'));
  folder = join(root, 'packages/kernels');
  write('LICENSE', 'Apache');
  write('packages/kernels/kernels.gypi', '{}');
  write('packages/kernels/src/simd/lanes.h', '// lanes');
  const manifest = {
    name: '@footlight/kernels',
    version: '1.2.3',
    license: 'Apache-2.0',
    homepage: 'https://a.example',
  };
  write('packages/kernels/package.json', JSON.stringify(manifest));
  for (const target of Object.keys(platforms)) writeBinary(target);
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writeBinary(target: string, change: object = {}): void {
  const at = `packages/kernels/prebuilds/${target}`;
  write(`${at}/footlight.node`, `binary for ${target}`);
  const sha256 = hashFile(join(root, at, 'footlight.node'));
  write(`${at}/footlight.json`, JSON.stringify({ target, sources: hashSources(folder), sha256, ...change }));
}

describe('writePlatformPackage', () => {
  const create = (target: string): string => {
    const output = join(root, 'output');
    writePlatformPackage(target, { folder, binaries: join(folder, 'prebuilds', target), output });
    return output;
  };

  it('writes the binary, its fingerprint, and a package.json that fits the platform only', () => {
    const output = create('linux-x64-musl');
    expect(readdirSync(output).sort()).toEqual([
      'LICENSE',
      'README.md',
      'footlight.json',
      'footlight.node',
      'package.json',
    ]);
    expect(JSON.parse(readFileSync(join(output, 'package.json'), 'utf8'))).toMatchInlineSnapshot(`
      {
        "cpu": [
          "x64",
        ],
        "description": "The C++ kernels of @footlight/kernels, compiled for linux-x64-musl",
        "files": [
          "footlight.node",
          "footlight.json",
        ],
        "homepage": "https://a.example",
        "libc": [
          "musl",
        ],
        "license": "Apache-2.0",
        "name": "@footlight/kernels-linux-x64-musl",
        "os": [
          "linux",
        ],
        "preferUnplugged": true,
        "publishConfig": {
          "access": "public",
          "provenance": true,
        },
        "version": "1.2.3",
      }
    `);
  });

  it('refuses a binary for another platform, from other sources, damaged, or none', () => {
    const explain = (change: object): string => {
      writeBinary('darwin-arm64', change);
      try {
        return create('darwin-arm64');
      } catch (error) {
        return (error as Error).message
          .replaceAll(root, '…')
          .replaceAll('\\', '/')
          .replace(/[0-9a-f]{64}|[0-9a-f]{16}/g, '#');
      }
    };
    expect(explain({ target: 'darwin-x64' })).toMatchInlineSnapshot(
      `"…/packages/kernels/prebuilds/darwin-arm64/footlight.node: expected target darwin-arm64, received darwin-x64. Compile it again."`,
    );
    expect(explain({ sources: 'old' })).toMatchInlineSnapshot(
      `"…/packages/kernels/prebuilds/darwin-arm64/footlight.node: expected sources #, received old. Compile it again."`,
    );
    expect(explain({ sha256: 'other' })).toMatchInlineSnapshot(
      `"…/packages/kernels/prebuilds/darwin-arm64/footlight.node: expected sha256 #, received other. Compile it again."`,
    );
    rmSync(join(folder, 'prebuilds/darwin-arm64'), { recursive: true });
    expect(() => create('darwin-arm64')).toThrow('expected the kernels for darwin-arm64, found none.');
  });
});

describe('publishPlatforms', () => {
  /** A registry that has some versions, as npm shows it. */
  function createRegistry(published: string[] = [], error?: string) {
    const calls: string[] = [];
    const run = ([command, specifier, ...rest]: string[]) => {
      if (error !== undefined) return { status: 1, stdout: '', stderr: error };
      if (command === 'view')
        return published.includes(specifier!)
          ? { status: 0, stdout: '1.2.3\n', stderr: '' }
          : { status: 1, stdout: '', stderr: 'npm error code E404\n' };
      const { name, version } = readManifest(specifier!);
      calls.push([`${name}@${version}`, ...rest].join(' '));
      return { status: 0, stdout: '', stderr: '' };
    };
    return { calls, run };
  }
  const publish = (run: ReturnType<typeof createRegistry>['run']): void =>
    publishPlatforms({ folder, packages: join(root, 'packages-to-publish'), run });

  it('publishes every platform, then adds all in the same version to package.json', () => {
    const { calls, run } = createRegistry();
    publish(run);
    expect(calls).toHaveLength(7);
    expect(calls[0]).toBe('@footlight/kernels-linux-x64@1.2.3 --access public --tag latest');
    expect(readManifest(folder).optionalDependencies).toEqual(
      Object.fromEntries(Object.keys(platforms).map((target) => [`@footlight/kernels-${target}`, '1.2.3'])),
    );
  });

  it('continues after a publication that ended halfway', () => {
    const { calls, run } = createRegistry(['@footlight/kernels-linux-x64@1.2.3', '@footlight/kernels-win32-x64@1.2.3']);
    publish(run);
    expect(calls).toHaveLength(5);
  });

  it('publishes nothing if one platform is missing', () => {
    rmSync(join(folder, 'prebuilds/win32-x64'), { recursive: true });
    const { calls, run } = createRegistry();
    expect(() => publish(run)).toThrow('expected the kernels for win32-x64, found none.');
    expect(calls).toEqual([]);
    expect(readManifest(folder)).not.toHaveProperty('optionalDependencies');
  });

  it('ends with the error of npm before it changes package.json', () => {
    const { run } = createRegistry([], 'npm error code E401');
    expect(() => publish(run)).toThrow(
      'npm view @footlight/kernels-linux-x64@1.2.3 ended with exit code 1:\nnpm error',
    );
    expect(readManifest(folder)).not.toHaveProperty('optionalDependencies');
    expect(existsSync(join(folder, 'prebuilds'))).toBe(true);
  });
});
