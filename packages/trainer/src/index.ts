export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type MetricValues,
  type SeenRule,
} from './evaluate/evaluate.js';
export { type CrossValidated, crossValidated, splitIntoFolds } from './experiment/cross-validated.js';
export {
  defineExperiment,
  type Experiment,
  isLearned,
  type LearnedExperiment,
  type SolvedExperiment,
} from './experiment/define-experiment.js';
export { compareProtocols, describeProtocol, type Protocol } from './experiment/describe-protocol.js';
export { type TwoStaged, twoStaged } from './experiment/two-staged.js';
export { type FitEpoch, type FitOptions, fit } from './fit/fit.js';
export {
  type AnnealedOptions,
  annealed,
  constantPenalty,
  type PenaltyWeight,
  type TrainingProgress,
} from './fit/penalty-weight.js';
export { type PlateauOptions, plateau } from './fit/plateau.js';
export { constantRate, cosineDecay, type Schedule, stepDecay, warmUp } from './fit/schedule.js';
export { type StopEarly, type StopEarlyOptions, stopEarly } from './fit/stop-early.js';
export {
  createRecommender,
  type PredictedRatings,
  type Recommendation,
  type Recommender,
  type RecommendOptions,
  type UserOrHistory,
} from './recommend/create-recommender.js';
export { createPredictor, createScorerPredictor, type Predictor } from './recommend/predictor.js';
export {
  type Environment,
  type EpochReport,
  type MetricSummary,
  type Report,
  toJson,
  toMarkdown,
} from './run/report.js';
export { runExperiment } from './run/run-experiment.js';
export { runInTwoStages, type TwoStageOutcome } from './run/run-in-two-stages.js';
export { describeTraining, type Outcome, type RunOptions } from './run/run-stage.js';
export { type ArtifactDescription, describeArtifact, loadArtifact, saveArtifact } from './storage/artifact.js';
export { type Checkpoint, fileCheckpoint, type Position, type TrainingState } from './storage/checkpoint.js';
