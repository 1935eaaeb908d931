import { useBackend } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { crashAndResume, kinds } from './crash-run.fixture.js';

describe('a run whose process ends at an operation on a file, and that is resumed', () => {
  beforeAll(() => useBackend('cpu'));

  // Between the last checkpoint and the result; crash.slow.test.ts has two hundred.
  it.each(Object.keys(kinds))('ends with the files of an uninterrupted run: %s', async (kind) => {
    expect(await crashAndResume(kind, ['mkdir results/own'])).toEqual({ crashes: 1, differences: [] });
  });

  it('has saved its model, also if it ended after the first seed', async () => {
    const places = ['rename model', 'open results/.unfinished/own/it/seed-6', 'rename results/own/it.json'];
    expect((await crashAndResume('several seeds', places)).differences).toEqual([]);
  });
});
