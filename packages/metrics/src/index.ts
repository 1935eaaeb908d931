export { auc } from './auc.js';
export { averagePrecision } from './average-precision.js';
export { comparePaired, type PairedComparison } from './compare-paired.js';
export type { CutOff } from './count-hits.js';
export { coverage } from './coverage.js';
export { gini } from './gini.js';
export { hitRate } from './hit-rate.js';
export { mae } from './mae.js';
export { type MrrOptions, mrr } from './mrr.js';
export { ndcg } from './ndcg.js';
export { novelty } from './novelty.js';
export { precision } from './precision.js';
export { type RankQueryOptions, rankQuery } from './rank-query.js';
export { type RecallOptions, recall } from './recall.js';
export { rmse } from './rmse.js';
export { type SampledOptions, sampled } from './sampled.js';
export {
  bootstrapInterval,
  type Interval,
  type ResampleOptions,
  type SummarizeOptions,
  type Summary,
  summarize,
} from './summary.js';
export { type TieOptions, tieRules } from './tie-rule.js';
export { topK } from './top-k.js';
export type {
  ErrorScale,
  ListMetric,
  Metric,
  RankedQuery,
  RankMetric,
  RatingMetric,
  RatingMetricOptions,
  TieRule,
} from './types.js';
