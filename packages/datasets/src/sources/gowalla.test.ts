import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { publishedSplit } from '../splits/published-split.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { ArchiveUse } from '../types.js';
import { gowalla } from './gowalla.js';

const rng = { integer: () => 0 } as never;

describe('gowalla', () => {
  it('reads a line per user and part', async () => {
    const folder = createTemporaryFolder({
      'gowalla/train.txt': '0 10 12\n1 11\n',
      'gowalla/test.txt': '0 11\n1 \n2 13\n',
    });
    const all = await gowalla().load(loadFrom(folder));
    expect([all.catalogue.userCount, all.catalogue.itemCount]).toEqual([3, 4]);
    const { train, test } = publishedSplit().split(all, rng);
    expect(listPairs(train)).toEqual([
      [0, 10],
      [0, 12],
      [1, 11],
    ]);
    expect(listPairs(test.targets)).toEqual([
      [0, 11],
      [2, 13],
    ]);
  });

  it('reads files of the user, and names the one with a fault', async () => {
    const load = (train: string) =>
      gowalla({ files: { train: new File([train], 'train.txt'), test: new File(['0 11\n'], 'test.txt') } });
    expect(load('0 10\n').archives).toEqual([]);
    const used: ArchiveUse[] = [];
    const options = { ...loadFrom(createTemporaryFolder({})), onArchive: (use: ArchiveUse) => used.push(use) };
    expect(listPairs(await load('0 10\n').load(options))).toEqual([
      [0, 10],
      [0, 11],
    ]);
    expect(used).toEqual([
      { fileName: 'train.txt', checksum: 'unknown' },
      { fileName: 'test.txt', checksum: 'other' },
    ]);
    expect(await catchMessage(load('0 10\n0 12\n').load(options))).toContain('train.txt (line 2)');
  });

  const directory = resolveArchiveDirectory();
  /** Reads a million check-ins. Skipped if FOOTLIGHT_DATA has no such files. */
  const isRun = process.env['FOOTLIGHT_TEST_SUITE'] === 'all' && existsSync(join(directory, 'gowalla/test.txt'));
  it.runIf(isRun)('has the published checksum and counts', { timeout: 120_000 }, async () => {
    const used: ArchiveUse[] = [];
    const options = { ...loadFrom(directory), onArchive: (use: ArchiveUse) => used.push(use) };
    const all = await gowalla().load(options);
    expect(used.map(({ checksum }) => checksum)).toEqual(['unknown', 'published']);
    expect([all.catalogue.userCount, all.catalogue.itemCount]).toEqual([29_858, 40_981]);
    const { train, test } = publishedSplit().split(all, rng);
    expect([train.users.length, test.targets.users.length]).toEqual([810_128, 217_242]);
  });
});
