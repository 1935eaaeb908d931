export { multinomialLoss } from './catalogue/multinomial.js';
export { softmaxLoss } from './catalogue/softmax.js';
export { comparesScores, declareComparison } from './compares-scores.js';
export { adaptiveHingeLoss } from './ranking/adaptive-hinge.js';
export { bprLoss } from './ranking/bpr.js';
export { type BprMaxOptions, bprMaxLoss } from './ranking/bpr-max.js';
export { type CandidateLoss, findCandidateLoss } from './ranking/candidate-loss.js';
export { findFormula, type RankingFormula } from './ranking/formula.js';
export { type GbceOptions, gbceLoss } from './ranking/gbce.js';
export { type HingeOptions, hingeLoss } from './ranking/hinge.js';
export { type InfoNceOptions, infoNceLoss } from './ranking/info-nce.js';
export { type LogisticOptions, logisticLoss } from './ranking/logistic.js';
export { type PointwiseOptions, pointwiseLoss } from './ranking/pointwise.js';
export { type SampledSoftmaxOptions, sampledSoftmaxLoss } from './ranking/sampled-softmax.js';
export { sigmoidBprLoss } from './ranking/sigmoid-bpr.js';
export { top1MaxLoss } from './ranking/top1-max.js';
export { type WarpOptions, warpLoss } from './ranking/warp.js';
export { logisticRatingLoss } from './rating/logistic-rating.js';
export { poissonLoss } from './rating/poisson.js';
export { squaredLoss } from './rating/squared.js';
export type {
  CatalogueLoss,
  CatalogueScores,
  Loss,
  RankingLoss,
  RankingScores,
  RatingLoss,
  RatingScores,
  SparseTargets,
} from './types.js';
