export { type ArtifactDescription, describeArtifact, loadArtifact, saveArtifact } from './artifact.js';
export { type Checkpoint, fileCheckpoint, type Position, type TrainingState } from './checkpoint.js';
export { type CrossValidated, crossValidated, splitIntoFolds } from './cross-validated.js';
export { type EvaluateOptions, type Evaluation, evaluate, type MetricValues, type SeenRule } from './evaluate.js';
export {
  defineExperiment,
  type Experiment,
  isLearned,
  type LearnedExperiment,
  type SolvedExperiment,
} from './experiment.js';
export { type FitEpoch, type FitOptions, fit } from './fit.js';
export {
  type AnnealedOptions,
  annealed,
  constantPenalty,
  type PenaltyWeight,
  type TrainingProgress,
} from './penalty-weight.js';
export { type PlateauOptions, plateau } from './plateau.js';
export { createPredictor, createScorerPredictor, type Predictor } from './predictor.js';
export { describeProtocol, type Protocol, protocolDifferences } from './protocol.js';
export {
  createRecommender,
  type PredictedRatings,
  type Recommendation,
  type Recommender,
  type RecommendOptions,
  type UserOrHistory,
} from './recommend.js';
export { type Environment, type EpochReport, type MetricSummary, type Report, toJson, toMarkdown } from './report.js';
export { runExperiment } from './run-experiment.js';
export { runInTwoStages, type TwoStageOutcome } from './run-in-two-stages.js';
export { describeTraining, type Outcome, type RunOptions } from './run-stage.js';
export { constantRate, cosineDecay, type Schedule, stepDecay, warmUp } from './schedule.js';
export { type StopEarly, type StopEarlyOptions, stopEarly } from './stop-early.js';
export { type TwoStaged, twoStaged } from './two-staged.js';
