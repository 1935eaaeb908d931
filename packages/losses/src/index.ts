export type { CatalogueLoss, Loss, RankingLoss, RankingScores, RatingLoss, SparseTargets } from './types.js';
