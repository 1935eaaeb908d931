import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { bloomEmbedding, bloomEmbeddings } from './bloom-embedding.js';
import { causalConvolution } from './causal-convolution.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { featureEmbedding } from './feature-embedding.js';
import { feedForward } from './feed-forward.js';
import { gru } from './gru.js';
import { hstuBlock } from './hstu-block.js';
import { drawVariable, normal, uniform, zeros } from './initializers.js';
import { layerNormalization, rmsNormalization } from './layer-normalization.js';
import { lstm } from './lstm.js';
import { mLstm } from './m-lstm.js';
import { multiHeadAttention } from './multi-head-attention.js';
import { learnedPositions, rotaryPositions } from './positions.js';
import { pretrainedEmbedding, pretrainedEmbeddings } from './pretrained-embedding.js';
import { projectedEmbedding, scaleFeatures } from './projected-embedding.js';
import { relativePositions, relativeTimes } from './relative-biases.js';
import { scaledEmbedding, scaledEmbeddings } from './scaled-embedding.js';
import { transformerBlock } from './transformer-block.js';
import { uniformEmbedding, uniformEmbeddings } from './uniform-embedding.js';
import { zeroEmbedding } from './zero-embedding.js';

const { positiveInteger, positive, fromZero, rate, finite, integerFromZero } = ranges;
const above1 = (value: number) => value > 1 && Number.isFinite(value);
const rng = createRng(1);
const block = { dim: 4, rng };
const sizes = { count: 7, dim: 5, rng };
const convolution = { inputDim: 3, dim: 5, width: 2, rng };
const hstu = { dim: 4, count: 5, rng };
const units = { inputDim: 3, dim: 5, rng };
const denseFeatures = { dim: 2, values: new Float32Array(14) };
const given = { ...sizes, dim: 2, denseFeatures };
const features = { names: [], offsets: new Int32Array(8), ids: new Int32Array(0) };

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'bloomEmbedding(count)': [positiveInteger, (count) => bloomEmbedding({ ...sizes, count })],
    'bloomEmbedding(dim)': [positiveInteger, (dim) => bloomEmbedding({ ...sizes, dim })],
    'bloomEmbedding(hashes)': [positiveInteger, (hashes) => bloomEmbedding({ ...sizes, hashes })],
    'bloomEmbedding(ratio)': [positive, (ratio) => bloomEmbedding({ ...sizes, ratio })],
    'bloomEmbeddings(hashes)': [positiveInteger, (hashes) => bloomEmbeddings({ hashes })],
    'bloomEmbeddings(ratio)': [positive, (ratio) => bloomEmbeddings({ ratio })],
    'causalConvolution(dilation)': [positiveInteger, (dilation) => causalConvolution({ ...convolution, dilation })],
    'causalConvolution(dim)': [positiveInteger, (dim) => causalConvolution({ ...convolution, dim })],
    'causalConvolution(inputDim)': [positiveInteger, (inputDim) => causalConvolution({ ...convolution, inputDim })],
    'causalConvolution(width)': [positiveInteger, (width) => causalConvolution({ ...convolution, width })],
    'dense(dim)': [positiveInteger, (dim) => dense({ ...units, dim })],
    'dense(inputDim)': [positiveInteger, (inputDim) => dense({ ...units, inputDim })],
    'drawVariable(shape)': [integerFromZero, (size) => drawVariable([3, size], zeros(), rng)],
    'dropout(rate)': [rate, (value) => dropout({ rate: value })],
    'featureEmbedding(count)': [positiveInteger, (count) => featureEmbedding({ ...sizes, count, features })],
    'featureEmbedding(dim)': [positiveInteger, (dim) => featureEmbedding({ ...sizes, dim, features })],
    'feedForward(dim)': [positiveInteger, (dim) => feedForward({ dim, rng })],
    'feedForward(dropout)': [rate, (value) => feedForward({ dim: 4, dropout: value, rng })],
    'feedForward(hidden)': [positiveInteger, (hidden) => feedForward({ dim: 4, hidden, rng })],
    'gru(dim)': [positiveInteger, (dim) => gru({ ...units, dim })],
    'gru(inputDim)': [positiveInteger, (inputDim) => gru({ ...units, inputDim })],
    'hstuBlock(count)': [positiveInteger, (count) => hstuBlock({ ...hstu, count })],
    'hstuBlock(dim)': [positiveInteger, (dim) => hstuBlock({ ...hstu, dim })],
    'hstuBlock(dropout)': [rate, (value) => hstuBlock({ ...hstu, dropout: value })],
    'hstuBlock(heads)': [positiveInteger, (heads) => hstuBlock({ ...hstu, heads, queryDim: 3, valueDim: 2 })],
    'hstuBlock(queryDim)': [positiveInteger, (queryDim) => hstuBlock({ ...hstu, queryDim })],
    'hstuBlock(valueDim)': [positiveInteger, (valueDim) => hstuBlock({ ...hstu, valueDim })],
    'layerNormalization(dim)': [positiveInteger, (dim) => layerNormalization({ dim })],
    'layerNormalization(epsilon)': [positive, (epsilon) => layerNormalization({ dim: 4, epsilon })],
    'learnedPositions(count)': [positiveInteger, (count) => learnedPositions({ count, dim: 4, rng })],
    'learnedPositions(dim)': [positiveInteger, (dim) => learnedPositions({ count: 4, dim, rng })],
    'lstm(dim)': [positiveInteger, (dim) => lstm({ ...units, dim })],
    'lstm(inputDim)': [positiveInteger, (inputDim) => lstm({ ...units, inputDim })],
    'mLstm(dim)': [positiveInteger, (dim) => mLstm({ ...units, dim })],
    'mLstm(inputDim)': [positiveInteger, (inputDim) => mLstm({ ...units, inputDim })],
    'multiHeadAttention(dim)': [positiveInteger, (dim) => multiHeadAttention({ dim, rng })],
    'multiHeadAttention(dropout)': [rate, (value) => multiHeadAttention({ dim: 4, dropout: value, rng })],
    'multiHeadAttention(heads)': [positiveInteger, (heads) => multiHeadAttention({ dim: 4, heads, rng })],
    'normal(deviation)': [fromZero, (deviation) => normal({ deviation })],
    'normal(mean)': [finite, (mean) => normal({ mean, deviation: 1 })],
    'pretrainedEmbedding(count)': [positiveInteger, (count) => pretrainedEmbedding({ ...given, count })],
    'pretrainedEmbedding(deviation)': [fromZero, (deviation) => pretrainedEmbedding({ ...given, deviation })],
    'pretrainedEmbedding(dim)': [positiveInteger, (dim) => pretrainedEmbedding({ ...given, dim })],
    'pretrainedEmbeddings(deviation)': [fromZero, (deviation) => pretrainedEmbeddings({ deviation })],
    'projectedEmbedding(count)': [positiveInteger, (count) => projectedEmbedding({ ...sizes, count, denseFeatures })],
    'projectedEmbedding(dim)': [positiveInteger, (dim) => projectedEmbedding({ ...sizes, dim, denseFeatures })],
    'relativePositions(count)': [positiveInteger, (count) => relativePositions({ count, rng })],
    'relativePositions(heads)': [positiveInteger, (heads) => relativePositions({ count: 5, heads, rng })],
    'relativeTimes(buckets)': [positiveInteger, (buckets) => relativeTimes({ buckets, rng })],
    'relativeTimes(heads)': [positiveInteger, (heads) => relativeTimes({ heads, rng })],
    'rmsNormalization(dim)': [positiveInteger, (dim) => rmsNormalization({ dim })],
    'rmsNormalization(epsilon)': [positive, (epsilon) => rmsNormalization({ dim: 4, epsilon })],
    'rotaryPositions(base)': [above1, (base) => rotaryPositions({ dim: 4, base })],
    'rotaryPositions(dim)': [positiveInteger, (dim) => rotaryPositions({ dim })],
    'scaleFeatures(count)': [positiveInteger, (count) => scaleFeatures('scaleFeatures', count, denseFeatures)],
    'scaledEmbedding(count)': [positiveInteger, (count) => scaledEmbedding({ ...sizes, count })],
    'scaledEmbedding(deviation)': [fromZero, (deviation) => scaledEmbedding({ ...sizes, deviation })],
    'scaledEmbedding(dim)': [positiveInteger, (dim) => scaledEmbedding({ ...sizes, dim })],
    'scaledEmbeddings(deviation)': [fromZero, (deviation) => scaledEmbeddings({ deviation })],
    'transformerBlock(attentionDropout)': [rate, (value) => transformerBlock({ ...block, attentionDropout: value })],
    'transformerBlock(dim)': [positiveInteger, (dim) => transformerBlock({ dim, rng })],
    'transformerBlock(dropout)': [rate, (value) => transformerBlock({ ...block, dropout: value })],
    'transformerBlock(heads)': [positiveInteger, (heads) => transformerBlock({ ...block, heads })],
    'transformerBlock(hidden)': [positiveInteger, (hidden) => transformerBlock({ ...block, hidden })],
    'uniform(high)': [finite, (high) => uniform({ low: -2, high })],
    'uniform(low)': [finite, (low) => uniform({ low, high: 2 ** 60 })],
    'uniformEmbedding(count)': [positiveInteger, (count) => uniformEmbedding({ ...sizes, count })],
    'uniformEmbedding(dim)': [positiveInteger, (dim) => uniformEmbedding({ ...sizes, dim })],
    'uniformEmbedding(range)': [positive, (range) => uniformEmbedding({ ...sizes, range })],
    'uniformEmbeddings(range)': [positive, (range) => uniformEmbeddings({ range })],
    'zeroEmbedding(count)': [positiveInteger, (count) => zeroEmbedding({ ...sizes, count })],
    'zeroEmbedding(dim)': [positiveInteger, (dim) => zeroEmbedding({ ...sizes, dim })],
  },
});
