export { findTensorflowFolder } from '#platform/backends/tensorflow-folder';
export { type DiagnosedBackend, type Diagnosis, doctor } from './doctor.js';
export type { FusedLoss } from './fused-loss.js';
export type { DenseGradient, Gradient, RowGradient } from './gradient.js';
export { borrowFrom, readValues, release } from './memory.js';
export {
  type AttentionInputs,
  assertBias,
  attention,
  type RaggedAttentionInputs,
  raggedAttention,
} from './ops/attention.js';
export type { AttentionDropout } from './ops/attention-definition.js';
export { type BilinearSteps, type BilinearStepsOptions, bilinearSteps } from './ops/bilinear-steps.js';
export { catalogueSoftmaxLoss, type ProductTargets } from './ops/catalogue-softmax-loss.js';
export { type ConvolveRowsInputs, convolveRows, gatherRealRows, type RowSequences } from './ops/convolve-rows.js';
export { cumulativeSum } from './ops/cumulative-sum.js';
export { embeddingBag } from './ops/embedding-bag.js';
export { type DistinctIds, findDistinctIds } from './ops/find-distinct-ids.js';
export { type GruSequenceInputs, gruSequence } from './ops/gru-sequence.js';
export { hasFusedRanking } from './ops/has-fused-ranking.js';
export { type LayerNormInputs, layerNorm } from './ops/layer-norm.js';
export { lookup } from './ops/lookup.js';
export type { LstmStates } from './ops/lstm-cell.js';
export { type LstmSequenceInputs, lstmSequence } from './ops/lstm-sequence.js';
export { type LstmSequenceOfRowsInputs, lstmSequenceOfRows } from './ops/lstm-sequence-of-rows.js';
export { type MLstmSequenceInputs, mLstmSequence } from './ops/m-lstm-sequence.js';
export { nearestSets } from './ops/nearest-sets.js';
export { createMask, findRealSteps, gatherSteps, type RaggedLayout, scatterSteps } from './ops/ragged-steps.js';
export { rankTargets } from './ops/rank-targets.js';
export { scoreCandidates } from './ops/score-candidates.js';
export { scoreCatalogue } from './ops/score-catalogue.js';
export { selectColumns } from './ops/select-columns.js';
export { computeLeastSquaresGram, solveLeastSquares } from './ops/solve-least-squares.js';
export { type SparseDenseMatMulOptions, sparseDenseMatMul } from './ops/sparse-dense-mat-mul.js';
export { type SoftmaxTargets, sparseSoftmaxLoss } from './ops/sparse-softmax-loss.js';
export { sumSparseRows } from './ops/sum-sparse-rows.js';
export type {
  BilinearBatch,
  LeastSquares,
  LeastSquaresGram,
  NearestSets,
  NearestSetsOptions,
  RankTargetsOptions,
  ScoreProduct,
  ScoreRows,
  Similarity,
  SparseProduct,
  TargetRanks,
} from './ops/types.js';
export { unfoldSteps } from './ops/unfold-steps.js';
export { type AdagradOptions, adagrad } from './optimizers/adagrad.js';
export { type AdamOptions, adam } from './optimizers/adam.js';
export { type AdamWOptions, adamW } from './optimizers/adamw.js';
export { type SgdOptions, sgd } from './optimizers/sgd.js';
export type {
  ApplyOptions,
  FusedOptimizer,
  Optimizer,
  OptimizerMemory,
  Rows,
  SlotState,
} from './optimizers/types.js';
export { type Precision, withPrecision } from './precision.js';
export { drawDropoutMask, drawNormalTensor, fillNormal, fillUniform } from './random.js';
export { createSparseMatrix, type SparseMatrix } from './sparse-matrix.js';
export { type SparseRows, toSparseRows, type WeightedRows } from './sparse-rows.js';
export { tf } from './tfjs/tfjs.js';
export { traceKernels } from './trace/trace-kernels.js';
export type { KernelTrace, TracedKernel, TracedTensor, TracedValues } from './trace/types.js';
export {
  type Attempt,
  type BackendName,
  backendNames,
  type ChosenBackend,
  ensureBackend,
  useBackend,
} from './use-backend.js';
export { valueAndGradients } from './value-and-gradients.js';
export { allocateZeros, createVariable, limitVariables, watchVariables } from './variables.js';
