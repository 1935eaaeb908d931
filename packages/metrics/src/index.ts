export type { ListMetric, Metric, RankMetric, RankedQuery, RatingMetric } from './types.js';
