import { leaveLastOut, movielens } from '@footlight/datasets';
import { useBackend } from '@footlight/engine';
import { ndcg } from '@footlight/metrics';
import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openResultsFolder } from '../results-folder.js';
import { storedResults } from './sample.fixture.js';
import { createSampleRecommendations } from './sample-recommendations.js';

const experiment = defineExperiment({
  dataset: movielens('latest-small'),
  split: leaveLastOut(),
  model: popularity(),
  metrics: [ndcg({ at: 10 })],
  seed: 42,
});

describe('createSampleRecommendations', () => {
  beforeAll(() => useBackend('cpu'));

  it('recommends with an experiment on the bundled dataset, and separates test items from known items', async () => {
    const findExperiment = vi.fn(async () => experiment);
    const [stored] = await openResultsFolder(storedResults).read(['latest-small/popularity']);
    const [recommendations] = await createSampleRecommendations([stored!], { findExperiment });
    expect(findExperiment.mock.calls).toEqual([['latest-small/popularity']]);
    expect(recommendations!.models).toMatchObject([
      { experiment: 'latest-small/popularity', name: 'popularity', seed: 42, backend: 'cpu' },
    ]);
    expect(recommendations!.users).toHaveLength(3);
    // Quartiles of the 586 users whose item is known.
    expect(recommendations!.users.map(({ knownCount }) => knownCount)).toEqual([34, 68, 162]);
    for (const { heldOut, liked, lists } of recommendations!.users) {
      expect(heldOut).toHaveLength(1); // leave-last-out
      expect(liked).toHaveLength(5);
      expect(lists).toHaveLength(1);
      expect(lists[0]!.titles).toHaveLength(5);
      for (const title of [...liked, ...lists[0]!.titles]) expect(title).toMatch(/\(\d{4}\)$/);
      expect(lists[0]!.titles.filter((title) => liked.includes(title))).toEqual([]);
    }
  });

  it('leaves out experiments on other datasets, on ratings, and those that train for more than a minute', async () => {
    const findExperiment = vi.fn(async () => experiment);
    const folder = openResultsFolder(storedResults);
    const [popularity] = await folder.read(['latest-small/popularity']);
    const slow = { ...popularity!, seconds: { load: 1, train: 61, evaluate: 1 } };
    const others = await folder.read(['talk/popularity', 'ratings/biased-mf']);
    expect(await createSampleRecommendations([slow, ...others], { findExperiment })).toEqual([]);
    expect(findExperiment).not.toHaveBeenCalled();
  });
});
