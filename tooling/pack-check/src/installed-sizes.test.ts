import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSizes, measureInstalled, readInstalled, writeInstalled, writeSizes } from './installed-sizes.js';
import type { Manifest } from './published-packages.js';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'footlight-sizes-'));
});
afterEach(() => rmSync(project, { recursive: true }));

/** Writes a file of a number of bytes. */
function write(path: string, content: number | object | string): void {
  const target = join(project, path);
  mkdirSync(dirname(target), { recursive: true });
  if (typeof content === 'string') writeFileSync(target, content);
  else writeFileSync(target, typeof content === 'number' ? new Uint8Array(content) : JSON.stringify(content));
}

/** A package with a peer, which has a dependency of its own inside. Returns the bytes of the manifests. */
function install(): number[] {
  const manifests = [
    { dependencies: { a: '1' }, peerDependencies: { b: '1', c: '1' }, peerDependenciesMeta: { c: { optional: true } } },
    {},
    { dependencies: { a: '2' } },
    { optionalDependencies: { missing: '1' } },
  ];
  write('node_modules/own/package.json', manifests[0]!);
  write('node_modules/own/dist/index.js', 3_000_000);
  write('node_modules/a/package.json', manifests[1]!);
  write('node_modules/a/index.js', 40_000_000);
  write('node_modules/b/package.json', manifests[2]!);
  write('node_modules/b/node_modules/a/package.json', manifests[3]!);
  write('node_modules/b/node_modules/a/index.js', 5_000_000);
  write('node_modules/c/package.json', {});
  return manifests.map((manifest) => JSON.stringify(manifest).length);
}

const readme = 'a\n<!-- installed-size -->\nold\n<!-- end -->\nb';

describe('the size of an installed package', () => {
  it('is that of its files, and of those of its dependencies and peers, each once', () => {
    const [own, ...others] = install();
    expect(measureInstalled(project, 'own')).toEqual({
      own: 3_000_000 + own!,
      total: 48_000_000 + own! + others.reduce((sum, bytes) => sum + bytes, 0),
    });
  });

  it('names a package that is missing', () => {
    expect(() => measureInstalled(project, 'own')).toThrow('expected own to be installed, found none.');
  });

  it('is written between its marks, and read from there', () => {
    expect(readInstalled(readme)).toBeUndefined();
    const written = writeInstalled(readme, { own: 123_456, total: 45_678_901 });
    expect(written).toContain('>\nOn disk it takes 0.12 MB; with everything that npm installs with it, 46 MB.\n<');
    expect(readInstalled(written)).toEqual({ own: 120_000, total: 46_000_000 });
    expect(() => writeInstalled('a', { own: 1, total: 1 })).toThrow('expected <!-- installed-size -->');
  });

  it('is held: a README that states another size is a problem', () => {
    install();
    write('source/README.md', readme);
    const packages = [{ folder: join(project, 'source'), manifest: { name: 'own' } as Manifest }];
    expect(checkSizes(project, packages)).toEqual([expect.stringContaining('Received no size. Run `npm run sizes`.')]);
    expect(writeSizes(project, packages)).toEqual([
      'own: On disk it takes 3 MB; with everything that npm installs with it, 48 MB.',
    ]);
    expect(checkSizes(project, packages)).toEqual([]);
    write('node_modules/own/more.js', 2_000_000);
    expect(checkSizes(project, packages)).toEqual([
      'own, README: expected On disk it takes 5 MB; with everything that npm installs with it, 50 MB. Received ' +
        'On disk it takes 3 MB; with everything that npm installs with it, 48 MB. Run `npm run sizes`.',
    ]);
  });
});
