import { gowalla, leaveRandomOut, publishedSplit, withValidation } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';
import {
  ease,
  type IalsOptions,
  type ItemKnnOptions,
  ials,
  itemKnn,
  type Rp3BetaOptions,
  rp3beta,
} from '@footlight/models';

// Shared by the models in closed form on Gowalla in the split of LightGCN: all places that the user has not checked in
// at are ranked. Recall is out of all test items of a user, the ideal list of NDCG has min(20, test items) hits, as in
// the code of LightGCN. The split has no validation part.

const data = {
  dataset: gowalla(),
  metrics: [recall({ at: 20 }), ndcg({ at: 20 })],
  seen: 'exclude',
  cold: 'include',
  seed: 1,
} as const;

/** Options are chosen on a tenth of each user's training items; then the model is solved for all of them. */
export const honest = {
  ...data,
  split: withValidation(publishedSplit(), { validation: leaveRandomOut({ test: 0.1, validation: 0 }) }),
  refit: true,
} as const;

const publish = (recall20: number, ndcg20: number) => ({
  published: { 'recall@20': recall20, 'ndcg@20': ndcg20 },
});

const byHand = (search: string) => ({
  note: `Options were set by hand; the search gowalla/${search} looks for better ones.`,
});

/** Item-based nearest neighbors. */
export const createItemKnn = (options: ItemKnnOptions) =>
  ({ ...honest, model: itemKnn(options), ...publish(0.157, 0.1214), ...byHand('item-knn') }) as const;

/** RP³β. */
export const createRp3Beta = (options: Rp3BetaOptions) =>
  ({ ...honest, model: rp3beta(options), ...byHand('rp3beta') }) as const;

/** iALS with the objective of iALS revisited. */
export const createIals = (options: IalsOptions) => ({ ...honest, model: ials(options), ...byHand('ials') }) as const;

/** EASE; a matrix of all pairs of places takes 6.7 GB. */
export const createEase = (regularization: number) =>
  ({
    ...honest,
    model: ease({ regularization }),
    ...publish(0.1765, 0.1467),
    note: 'λ was set by hand.',
  }) as const;
