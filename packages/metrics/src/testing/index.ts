export { describeMetric } from './describe-metric.js';
