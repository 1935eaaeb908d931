export {
  type BloomEmbedding,
  type BloomEmbeddingOptions,
  type BloomEmbeddingsOptions,
  bloomEmbedding,
  bloomEmbeddings,
} from './bloom-embedding.js';
export { type CausalConvolution, type CausalConvolutionOptions, causalConvolution } from './causal-convolution.js';
export { type DenseOptions, dense } from './dense.js';
export { type DropoutOptions, dropout } from './dropout.js';
export type { DenseFeatures, Embedding, EmbeddingFactory, EmbeddingOptions, EntityFeatures } from './embedding.js';
export {
  type FeatureEmbedding,
  type FeatureEmbeddingOptions,
  type FeatureEmbeddingsOptions,
  featureEmbedding,
  featureEmbeddings,
} from './feature-embedding.js';
export { type FeedForwardOptions, feedForward, gelu } from './feed-forward.js';
export { gru } from './gru.js';
export { type HstuBlockOptions, hstuBlock } from './hstu-block.js';
export {
  drawVariable,
  fanInUniform,
  glorotNormal,
  glorotUniform,
  type Initializer,
  type NormalOptions,
  normal,
  type UniformOptions,
  uniform,
  zeros,
} from './initializers.js';
export { layerNormalization, type NormalizationOptions, rmsNormalization } from './layer-normalization.js';
export { type Lstm, lstm } from './lstm.js';
export { mLstm } from './m-lstm.js';
export {
  type AttentionApplyOptions,
  type MultiHeadAttention,
  type MultiHeadAttentionOptions,
  multiHeadAttention,
} from './multi-head-attention.js';
export { collectParameters, disposeParameters } from './parameters.js';
export { type PointwiseAttentionInputs, pointwiseAttention } from './pointwise-attention.js';
export {
  type LearnedPositions,
  type LearnedPositionsOptions,
  learnedPositions,
  type RotaryPositionsOptions,
  rotaryPositions,
} from './positions.js';
export {
  type PretrainedEmbeddingOptions,
  type PretrainedEmbeddingsOptions,
  pretrainedEmbedding,
  pretrainedEmbeddings,
} from './pretrained-embedding.js';
export {
  type ProjectedEmbedding,
  type ProjectedEmbeddingOptions,
  type ProjectedEmbeddingsOptions,
  projectedEmbedding,
  projectedEmbeddings,
  type ScaledFeatures,
  scaleFeatures,
} from './projected-embedding.js';
export type {
  Recurrent,
  RecurrentApplyOptions,
  RecurrentOptions,
  RecurrentState,
  RecurrentStates,
  RecurrentWithCell,
} from './recurrent.js';
export {
  type RelativePositions,
  type RelativePositionsOptions,
  type RelativeTimes,
  type RelativeTimesOptions,
  relativePositions,
  relativeTimes,
} from './relative-biases.js';
export {
  type ScaledEmbeddingOptions,
  type ScaledEmbeddingsOptions,
  scaledEmbedding,
  scaledEmbeddings,
} from './scaled-embedding.js';
export type { TableEmbedding } from './table-embedding.js';
export { type TransformerBlockOptions, transformerBlock } from './transformer-block.js';
export type { Layer, Parameters, Training } from './types.js';
export {
  type UniformEmbeddingOptions,
  type UniformEmbeddingsOptions,
  uniformEmbedding,
  uniformEmbeddings,
} from './uniform-embedding.js';
export { zeroEmbedding, zeroEmbeddings } from './zero-embedding.js';
