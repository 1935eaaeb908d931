import { leaveLastOut, movielens } from '@footlight/datasets';
import { mrr, ndcg, recall } from '@footlight/metrics';

// What the rows on the bundled data have in common: the last rating of each user is tested, the one before it chooses when to stop.

export const measured = {
  dataset: movielens('latest-small'),
  split: leaveLastOut(),
  metrics: [ndcg({ at: 10 }), recall({ at: 20 }), mrr()],
  seed: 42,
} as const;
