import { useBackend } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultResults, resultsFolder } from '../results-folder.js';
import { adviceOf } from './recommendations.js';

describe('adviceOf', () => {
  beforeAll(() => useBackend('cpu'));

  it('asks a row on the data that come along, and tells what was kept for the test from what is known', async () => {
    const [popularity] = await resultsFolder(defaultResults).read(['latest-small/popularity']);
    const [advice] = await adviceOf([popularity!], new AbortController().signal);
    expect(advice!.models).toMatchObject([
      { row: 'latest-small/popularity', name: 'popularity', seed: 42, backend: 'cpu' },
    ]);
    expect(advice!.people).toHaveLength(3);
    expect(advice!.people.map(({ knownCount }) => knownCount)).toEqual([34, 70, 167]); // quartiles of 610 users
    for (const { heldOut, liked, lists } of advice!.people) {
      expect(heldOut).toHaveLength(1); // leave-last-out
      expect(liked).toHaveLength(5);
      expect(lists).toHaveLength(1);
      expect(lists[0]!.titles).toHaveLength(5);
      for (const title of [...liked, ...lists[0]!.titles]) expect(title).toMatch(/\(\d{4}\)$/);
      expect(lists[0]!.titles.filter((title) => liked.includes(title))).toEqual([]);
    }
  });

  it('leaves out rows on other data, of ratings, and those that take long', async () => {
    const folder = resultsFolder(defaultResults);
    const [popularity] = await folder.read(['latest-small/popularity']);
    const slow = { ...popularity!, seconds: { load: 1, train: 61, evaluate: 1 } };
    const others = await folder.read(['talk/popularity', 'ratings/biased-mf']);
    expect(await adviceOf([slow, ...others], new AbortController().signal)).toEqual([]);
  });
});
