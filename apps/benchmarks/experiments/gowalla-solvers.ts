import {
  ease,
  type IalsOptions,
  type ItemKnnOptions,
  ials,
  itemKnn,
  type Rp3BetaOptions,
  rp3beta,
} from '@footlight/models';
import { evaluations, publish } from './gowalla.js';

/** Options are chosen on a tenth of each user's training items; then the model is solved for all of them. */
const { honest } = evaluations;

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
