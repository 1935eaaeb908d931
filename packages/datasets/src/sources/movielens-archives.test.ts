import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFeatures } from '../fixtures.js';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { loadFrom } from '../temporary-folder.fixture.js';
import type { Features, Interactions } from '../types.js';
import { type MovieLensOptions, movielens } from './movielens.js';

const hasArchive = (fileName: string): boolean => existsSync(join(resolveArchiveDirectory(), fileName));

/** Skipped if FOOTLIGHT_DATA has no such archive. */
describe('movielens, original archives', () => {
  it.skipIf(!hasArchive('ml-100k.zip'))('has the published counts of 100k', async () => {
    const load = async (options?: MovieLensOptions): Promise<Interactions> =>
      movielens('100k', options).load(loadFrom(resolveArchiveDirectory()));
    const plain = await load();
    expect([plain.users.length, plain.catalogue.userCount, plain.catalogue.itemCount]).toEqual([100_000, 943, 1_682]);
    const { users, parts } = await load({ publishedSplit: 'ua' });
    expect([users.length, parts!.filter((part) => part === 0).length]).toEqual([100_000, 90_570]);
    const { catalogue } = await load({ numbering: 'spotlight' });
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([944, 1_683]);
  });

  it.skipIf(!hasArchive('ml-100k.zip'))('has the published features of 100k', async () => {
    const { itemTitles, itemFeatures, userFeatures } = (
      await movielens('100k').load(loadFrom(resolveArchiveDirectory()))
    ).catalogue;
    expect(itemTitles![0]).toBe('Toy Story (1995)');
    expect(listFeatures(itemFeatures)![0]).toEqual([
      'genre=Animation',
      "genre=Children's",
      'genre=Comedy',
      'year=1995',
    ]);
    expect(listFeatures(userFeatures)![0]).toEqual(['age=18–24', 'gender=M', 'occupation=technician']);
    const count = (features: Features, field: string) =>
      features.names.filter((name) => name.startsWith(`${field}=`)).length;
    expect([count(itemFeatures!, 'genre'), count(userFeatures!, 'age')]).toEqual([19, 7]);
    expect([count(userFeatures!, 'gender'), count(userFeatures!, 'occupation')]).toEqual([2, 21]);
  });

  it.skipIf(!hasArchive('ml-1m.zip'))('has the published counts of 1m', async () => {
    const { users, catalogue } = await movielens('1m').load(loadFrom(resolveArchiveDirectory()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([1_000_209, 6_040, 3_706]);
    expect(catalogue.itemTitles!.every((title) => title !== '')).toBe(true);
    // 1::F::1::10
    expect(listFeatures(catalogue.userFeatures)![0]).toEqual(['age=under 18', 'gender=F', 'occupation=K-12 student']);
    expect(
      listFeatures(catalogue.itemFeatures)!.every((features) => features.some((name) => name.startsWith('year='))),
    ).toBe(true);
  });
});
