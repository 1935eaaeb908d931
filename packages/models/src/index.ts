export type { FoldInOptions } from './fold-in/options.js';
export type { AutoencoderOptions } from './representations/autoencoder-options.js';
export { type Bert4RecOptions, bert4Rec } from './representations/bert4-rec.js';
export { type CosineFactorizationOptions, cosineFactorization } from './representations/cosine-factorization.js';
export { type FactorizationOptions, factorization } from './representations/factorization.js';
export { type FactorizationMachineOptions, factorizationMachine } from './representations/factorization-machine.js';
export { type Gru4RecOptions, gru4Rec } from './representations/gru4-rec.js';
export { type HstuOptions, hstu } from './representations/hstu.js';
export { type LightGcnOptions, lightGcn } from './representations/light-gcn.js';
export { type LstmRatingOptions, lstmRating } from './representations/lstm-rating.js';
export { type MixtureOfTastesOptions, mixtureOfTastes } from './representations/mixture-of-tastes.js';
export { type MultDaeOptions, multDae } from './representations/mult-dae.js';
export { type MultVaeOptions, multVae } from './representations/mult-vae.js';
export {
  type NeuralCollaborativeFilteringOptions,
  neuralCollaborativeFiltering,
} from './representations/neural-collaborative-filtering.js';
export type { PerceptronOptions } from './representations/pair-perceptron.js';
export { type RecVaeOptions, recVae } from './representations/rec-vae.js';
export { type SasRecOptions, sasRec } from './representations/sas-rec.js';
export { type SequenceCnnOptions, sequenceCnn } from './representations/sequence-cnn.js';
export { type SequenceGruOptions, sequenceGru } from './representations/sequence-gru.js';
export { type SequenceLstmOptions, sequenceLstm } from './representations/sequence-lstm.js';
export { type SequenceMLstmOptions, sequenceMLstm } from './representations/sequence-m-lstm.js';
export type { SequenceOptions } from './representations/sequence-model.js';
export { type SequencePoolingOptions, sequencePooling } from './representations/sequence-pooling.js';
export { type SequencePopularityOptions, sequencePopularity } from './representations/sequence-popularity.js';
export { type TwoTowerOptions, twoTower } from './representations/two-tower.js';
export { type ConstantRatingOptions, constantRating } from './solvers/constant-rating.js';
export { type EaseOptions, ease } from './solvers/ease.js';
export { featurePopularity } from './solvers/feature-popularity.js';
export { type GfCfOptions, gfCf } from './solvers/gf-cf.js';
export { type IalsOptions, ials } from './solvers/ials.js';
export { type ItemKnnOptions, itemKnn } from './solvers/item-knn.js';
export { popularity } from './solvers/popularity.js';
export { random } from './solvers/random.js';
export { type Rp3BetaOptions, rp3beta } from './solvers/rp3beta.js';
export { type SlimOptions, slim } from './solvers/slim.js';
export { type UserKnnOptions, userKnn } from './solvers/user-knn.js';
export type { FeedbackWeighting } from './solvers/weight-feedback.js';
export {
  formatSummary,
  type ModelSummary,
  type ParameterSummary,
  summarizeModel,
  summarizeParameters,
} from './summarize-model.js';
export type {
  BilinearTables,
  CatalogueProduct,
  DataSummary,
  Encoded,
  EpochPlan,
  Histories,
  Model,
  Network,
  NetworkParts,
  Queries,
  RatedHistory,
  Reads,
  ReadsAndHistories,
  Representation,
  Scorer,
  ScorerParts,
  Solver,
  SolverStep,
  SparseScores,
} from './types.js';
