export type { Distribution, FloatRange, IntegerRange, ParameterValue } from './distributions.js';
export { computeImportance, type Importance, type ImportanceOptions } from './importance/importance.js';
export { type FileLogOptions, fileLog } from './log/file-log.js';
export { type MemoryLog, memoryLog } from './log/memory-log.js';
export type { StudyLog } from './log/types.js';
export type { Objective, OptimizeOptions } from './optimize.js';
export type { TrialOutcome } from './outcome.js';
export { type HyperbandOptions, hyperbandPruner } from './pruners/hyperband.js';
export { noPruner } from './pruners/none.js';
export { type PatienceOptions, patiencePruner } from './pruners/patience.js';
export { type MedianOptions, medianPruner, percentilePruner } from './pruners/percentile.js';
export { type SuccessiveHalvingOptions, successiveHalvingPruner } from './pruners/successive-halving.js';
export { type WilcoxonOptions, wilcoxonPruner } from './pruners/wilcoxon.js';
export { readStudies, type StudySnapshot } from './read-studies.js';
export { type CmaEsOptions, cmaEsSampler } from './samplers/cma-es.js';
export { countGrid, gridSampler } from './samplers/grid.js';
export { type QuasiRandomOptions, quasiRandomSampler } from './samplers/quasi-random.js';
export { randomSampler } from './samplers/random.js';
export { type GoodCount, type TpeOptions, tpeSampler } from './samplers/tpe.js';
export { readStopRules, type StopRules } from './stop-rules.js';
export { createStudy, listStudies } from './study.js';
export type { FailRunningOptions, Study, StudyOptions } from './study-types.js';
export type { AskOptions, Trial } from './trial.js';
export type {
  Attributes,
  Direction,
  DrawContext,
  JointSample,
  Pruner,
  Sampler,
  StudyView,
  TrialRecord,
  TrialState,
} from './types.js';
