import { useBackend } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { crashAndResume, kinds } from './crash-run.fixture.js';

describe('two hundred runs whose processes end at operations on files', () => {
  beforeAll(() => useBackend('cpu'));

  it('are resumed to the files of uninterrupted runs, byte for byte', async () => {
    let crashes = 0;
    for (const kind of Object.keys(kinds)) {
      const report = await crashAndResume(kind, Array(30).fill(undefined));
      expect(report.differences).toEqual([]);
      crashes += report.crashes;
    }
    expect(crashes).toBeGreaterThan(200);
  }, 600_000);
});
