import { gowalla, leaveRandomOut, publishedSplit, withValidation } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';

// Shared by all experiments on Gowalla in the split of LightGCN: all places that the user has not checked in at are
// ranked. Recall is out of all test items of a user, the ideal list of NDCG has min(20, test items) hits, as in the
// code of LightGCN. The split has no validation part.

const data = {
  dataset: gowalla(),
  metrics: [recall({ at: 20 }), ndcg({ at: 20 })],
  seen: 'exclude',
  cold: 'include',
  seed: 1,
} as const;

export const evaluations = {
  /** Options, and the number of epochs, that the literature chose on the test part. */
  'as-published': { ...data, split: publishedSplit() },
  /** A tenth of each user's training items chooses options and epochs; then a new model is made of all of them. */
  honest: {
    ...data,
    split: withValidation(publishedSplit(), { validation: leaveRandomOut({ test: 0.1, validation: 0 }) }),
    refit: true,
  },
} as const;

export type Evaluation = keyof typeof evaluations;

/** The published values of a model. */
export const publish = (recall20: number, ndcg20: number) => ({
  published: { 'recall@20': recall20, 'ndcg@20': ndcg20 },
});
