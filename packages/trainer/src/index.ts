export { defineExperiment, type Experiment, isLearned } from './experiment.js';
export { type Protocol, protocolDifferences, protocolOf } from './protocol.js';
export type { Person, Recommendation, Recommender, RecommendOptions } from './recommend.js';
export type { EpochReport, Environment, MetricSummary, Report } from './report.js';
export { type Outcome, type RunOptions, runExperiment } from './run-experiment.js';
export { constantRate, cosineDecay, type Schedule, stepDecay, warmUp } from './schedule.js';
export { stopEarly, type StopEarly, type StopEarlyOptions } from './stop-early.js';
