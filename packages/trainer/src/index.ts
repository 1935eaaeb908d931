export { createModelCard } from './card/create-model-card.js';
export { formatModelCard } from './card/format-model-card.js';
export { assertModelCard, readModelCard, saveModelCard } from './card/save-model-card.js';
export type { CardMetric, ModelCard, ModelCardContent, ModelCardOptions } from './card/types.js';
export { evaluate } from './evaluate/evaluate.js';
export { type MeasureLossOptions, measureLoss } from './evaluate/measure-loss.js';
export type { EvaluateOptions, Evaluation, MetricValues } from './evaluate/types.js';
export { type CrossValidated, crossValidated, splitIntoFolds } from './experiment/cross-validated.js';
export { defineExperiment, isLearned } from './experiment/define-experiment.js';
export {
  combineProtocols,
  compareProtocols,
  describeProtocol,
  omitFingerprints,
  readFingerprints,
} from './experiment/describe-protocol.js';
export { describeTraining } from './experiment/describe-training.js';
export { listDifferences } from './experiment/list-differences.js';
export { summarizeExperiment } from './experiment/summarize-experiment.js';
export { type TwoStaged, twoStaged } from './experiment/two-staged.js';
export { fit } from './fit/fit.js';
export { type AnnealedOptions, annealed, constantPenalty } from './fit/penalty-weight.js';
export { type PlateauOptions, plateau } from './fit/plateau.js';
export {
  type CosineDecayOptions,
  constantRate,
  cosineDecay,
  type StepDecayOptions,
  stepDecay,
  type WarmUpOptions,
  warmUp,
} from './fit/schedule.js';
export {
  type ContinuedRun,
  describeTrainingStart,
  type IdCounts,
  type StartCounts,
  type TrainingStart,
} from './fit/start-from.js';
export { stopEarly } from './fit/stop-early.js';
export type { FitEpoch, FitOptions } from './fit/types.js';
export { createRecommender } from './recommend/create-recommender.js';
export { type ModelInput, toModelInput, toQueries } from './recommend/model-input.js';
export { createPredictor, createScorerPredictor, type Predictor } from './recommend/predictor.js';
export type {
  Contribution,
  Id,
  ManyUsers,
  PredictedRatings,
  PredictOptions,
  Recommendation,
  Recommender,
  RecommendOptions,
  RecommendOutcome,
  RecommendRequest,
  UserOrHistory,
  UserRecommendations,
} from './recommend/types.js';
export { createDataLoader, type DataLoader } from './run/data-loader.js';
export { toJson, toMarkdown } from './run/format-report.js';
export type { LeftOut } from './run/leave-out-cold.js';
export type { LoadedData } from './run/load-splits.js';
export { runExperiment } from './run/run-experiment.js';
export { runInTwoStages, type TwoStageOutcome } from './run/run-in-two-stages.js';
export { runInWorker, type WorkerOutcome } from './run/run-in-worker.js';
export { type ServedRun, serveRuns, type WorkerScope } from './run/serve-runs.js';
export type { Environment, Outcome, PenaltySearch, Report, RunOptions } from './run/types.js';
export { type ValidateOptions, type ValidationOutcome, validateExperiment } from './run/validate-experiment.js';
export {
  createArtifact,
  describeArtifact,
  describeStart,
  loadArtifact,
  saveArtifact,
} from './storage/artifact.js';
export type { ArtifactDescription, ArtifactOptions } from './storage/artifact-description.js';
export {
  type Checkpoint,
  type FileCheckpointOptions,
  fileCheckpoint,
  type Position,
  type TrainingState,
} from './storage/checkpoint.js';
export { type EarlierRun, type RunDescription, readEarlierRun } from './storage/earlier-run.js';
export { type IndexedDbFileOptions, indexedDbFile } from './storage/indexed-db-file.js';
export { memoryFile } from './storage/memory-file.js';
export { opfsFile } from './storage/opfs-file.js';
export type { FileSource, FileTarget } from './storage/stored-file.js';
export type { StoredFile } from './storage/types.js';
export type {
  CandidateRule,
  CatalogueExperiment,
  ColdRule,
  EpochReport,
  EvaluationSpec,
  Experiment,
  LearnedExperiment,
  MetricSummary,
  PenaltyWeight,
  Protocol,
  RankingExperiment,
  RatingExperiment,
  Schedule,
  SeenRule,
  SolvedExperiment,
  StopEarly,
  StopEarlyOptions,
  TrainingProgress,
  TrainingSpec,
  TwoStagedOptions,
} from './types.js';
