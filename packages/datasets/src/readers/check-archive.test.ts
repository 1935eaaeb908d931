import { createHash } from 'node:crypto';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { movielens } from '../sources/movielens.js';
import { createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import type { ArchiveUse } from '../types.js';
import { checkArchive } from './check-archive.js';

const md5 = (content: Uint8Array): string => `md5:${createHash('md5').update(content).digest('hex')}`;

describe('checkArchive', () => {
  let cache: string;
  beforeEach(() => {
    cache = createTemporaryFolder();
    vi.stubEnv('XDG_CACHE_HOME', cache);
  });
  afterEach(() => vi.unstubAllEnvs());

  it('tells the published archive, the bundled copy and others apart', async () => {
    const content = Buffer.from('ratings');
    const path = join(createTemporaryFolder({ 'ml-x.zip': content }), 'ml-x.zip');
    const check = async (checksum?: string, bundledChecksum?: string) =>
      checkArchive(path, { ...(checksum && { checksum }), ...(bundledChecksum && { bundledChecksum }) });
    expect(await check(md5(content))).toEqual({ fileName: 'ml-x.zip', checksum: 'published' });
    expect(await check('sha256:0', md5(content))).toEqual({ fileName: 'ml-x.zip', checksum: 'bundled' });
    expect(await check('md5:0', 'sha256:0')).toEqual({ fileName: 'ml-x.zip', checksum: 'other' });
    expect(await check()).toEqual({ fileName: 'ml-x.zip', checksum: 'unknown' });
  });

  it.skipIf(process.platform !== 'linux')('remembers the checksum of a large file until the file changes', async () => {
    const content = new Uint8Array((1 << 23) + 1);
    const path = join(createTemporaryFolder({ 'ml-x.zip': content }), 'ml-x.zip');
    const check = async () => (await checkArchive(path, { checksum: md5(content) })).checksum;
    expect(await check()).toBe('published');
    const [memory] = readdirSync(join(cache, 'footlight/checksums'));
    writeFileSync(join(cache, 'footlight/checksums', memory!), 'md5:remembered');
    expect(await check()).toBe('other'); // the file is not read again
    const { atime, mtimeMs } = statSync(path);
    utimesSync(path, atime, mtimeMs / 1000 + 1);
    expect(await check()).toBe('published');
  });
});

describe('onArchive', () => {
  it('is called for each archive that is read, with what is known of it', async () => {
    const seen: ArchiveUse[] = [];
    const load = (dataset: ReturnType<typeof movielens>, files: Record<string, Uint8Array> = {}) =>
      dataset.load({ ...loadFrom(createTemporaryFolder(files)), onArchive: (use) => seen.push(use) });
    const archive = zipFiles({
      'ml-1m/ratings.dat': '1::5::3::978300760\n',
      'ml-1m/movies.dat': '5::Film (1996)::Drama\n',
      'ml-1m/users.dat': '1::F::1::10::48067\n',
    });
    await load(movielens('1m'), { 'ml-1m.zip': archive });
    await load(movielens('1m', { users: 1 }), { 'ml-1m-1.zip': archive });
    await load(movielens('latest-small'));
    expect(seen).toEqual([
      { fileName: 'ml-1m.zip', checksum: 'other' },
      { fileName: 'ml-1m-1.zip', checksum: 'unknown' },
      { fileName: 'ml-latest-small.zip', checksum: 'bundled' },
    ]);
  });
});
