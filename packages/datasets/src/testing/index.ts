export { describeFilter, type FilterPromises } from './describe-filter.js';
export { describeNegatives, type NegativesPromises } from './describe-negatives.js';
export { describeSplit, type SplitPromises } from './describe-split.js';
