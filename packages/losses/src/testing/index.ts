export { describeCatalogueLoss } from './describe-catalogue-loss.js';
export { describeRankingLoss, type RankingLossPromises } from './describe-ranking-loss.js';
export { describeRatingLoss } from './describe-rating-loss.js';
