import { leaveLastOut, movielens } from '@footlight/datasets';
import { mrr, ndcg, recall } from '@footlight/metrics';

// Shared by the experiments on the bundled dataset: the last rating of each user is for testing, the one before for
// early stopping.

export const evaluation = {
  dataset: movielens('latest-small'),
  split: leaveLastOut(),
  metrics: [ndcg({ at: 10 }), recall({ at: 20 }), mrr()],
  seed: 42,
} as const;
