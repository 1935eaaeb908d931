import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { findDistinctIds } from './ops/find-distinct-ids.js';
import { nearestSets } from './ops/nearest-sets.js';
import { rankTargets } from './ops/rank-targets.js';
import { sumSparseRows } from './ops/sum-sparse-rows.js';
import { unfoldSteps } from './ops/unfold-steps.js';
import { adagrad } from './optimizers/adagrad.js';
import { adam } from './optimizers/adam.js';
import { adamW } from './optimizers/adamw.js';
import { sgd } from './optimizers/sgd.js';
import { drawDropoutMask, drawNormalTensor, fillNormal, fillUniform } from './random.js';
import { createSparseMatrix } from './sparse-matrix.js';
import { tf } from './tfjs/tfjs.js';
import { allocateZeros, createVariable, limitVariables } from './variables.js';

const { positiveInteger, integerFromZero, positive, fromZero, rate, finite } = ranges;
const rng = createRng(1);
const rows = { offsets: Int32Array.of(0, 1), ids: Int32Array.of(0) };
const sets = { sets: rows, members: rows, count: 1, similarity: 'cosine', shrink: 0 } as const;
const ranked = { itemCount: 1, seen: { offsets: Int32Array.of(0, 0), ids: new Int32Array(0) }, relevant: rows };
const sparseProduct = { bags: rows, sparseTable: rows };
const scores = { rows: Float32Array.of(1) };
const learningRate = 0.1;
const ids = tf.tensor2d([[1, 1]], [1, 2], 'int32');

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  interfaces: ['Optimizer'],
  cases: {
    'Optimizer.apply(factor)': [finite, (factor) => adam({ learningRate }).apply(new Map(), new Map(), { factor })],
    'adagrad(epsilon)': [fromZero, (epsilon) => adagrad({ learningRate, epsilon })],
    'adagrad(l2)': [fromZero, (l2) => adagrad({ learningRate, l2 })],
    'adagrad(learningRate)': [positive, (value) => adagrad({ learningRate: value })],
    'adam(beta1)': [rate, (beta1) => adam({ learningRate, beta1 })],
    'adam(beta2)': [rate, (beta2) => adam({ learningRate, beta2 })],
    'adam(epsilon)': [fromZero, (epsilon) => adam({ learningRate, epsilon })],
    'adam(l2)': [fromZero, (l2) => adam({ learningRate, l2 })],
    'adam(learningRate)': [positive, (value) => adam({ learningRate: value })],
    'adamW(beta1)': [rate, (beta1) => adamW({ learningRate, beta1 })],
    'adamW(beta2)': [rate, (beta2) => adamW({ learningRate, beta2 })],
    'adamW(decay)': [fromZero, (decay) => adamW({ learningRate, decay })],
    'adamW(epsilon)': [fromZero, (epsilon) => adamW({ learningRate, epsilon })],
    'adamW(learningRate)': [positive, (value) => adamW({ learningRate: value })],
    'allocateZeros(length)': [integerFromZero, allocateZeros],
    'createSparseMatrix(columnCount)': [positiveInteger, (count) => createSparseMatrix(rows, count)],
    'createVariable(shape)': [integerFromZero, (size) => createVariable([3, size], (zeros) => zeros)],
    'drawDropoutMask(rate)': [rate, (value) => drawDropoutMask([3], value, rng)],
    'drawDropoutMask(shape)': [integerFromZero, (size) => drawDropoutMask([3, size], 0.5, rng)],
    'drawNormalTensor(shape)': [integerFromZero, (size) => drawNormalTensor([3, size], rng)],
    'fillNormal(deviation)': [fromZero, (deviation) => fillNormal(new Float32Array(3), rng, 0, deviation)],
    'fillNormal(mean)': [finite, (mean) => fillNormal(new Float32Array(3), rng, mean)],
    'fillUniform(high)': [finite, (high) => fillUniform(new Float32Array(3), rng, 0, high)],
    'fillUniform(low)': [finite, (low) => fillUniform(new Float32Array(3), rng, low)],
    'findDistinctIds(count)': [positiveInteger, (count) => findDistinctIds(ids, count)],
    'findDistinctIds(most)': [(value) => value === 0 || value === 0.5, (most) => findDistinctIds(ids, 2, most)],
    'limitVariables(values)': [integerFromZero, (values) => limitVariables(values, () => undefined)],
    'nearestSets(count)': [positiveInteger, (count) => nearestSets({ ...sets, count })],
    'nearestSets(range)': [integerFromZero, (end) => nearestSets({ ...sets, range: [0, end] })],
    'nearestSets(shrink)': [fromZero, (shrink) => nearestSets({ ...sets, shrink })],
    'rankTargets(itemCount)': [positiveInteger, (itemCount) => rankTargets({ ...ranked, scores, itemCount })],
    'rankTargets(top)': [integerFromZero, (top) => rankTargets({ ...ranked, scores, top })],
    'sgd(l2)': [fromZero, (l2) => sgd({ learningRate, l2 })],
    'sgd(learningRate)': [positive, (value) => sgd({ learningRate: value })],
    'sgd(momentum)': [rate, (momentum) => sgd({ learningRate, momentum })],
    'sumSparseRows(itemCount)': [positiveInteger, (count) => sumSparseRows(sparseProduct, count)],
    'unfoldSteps(dilation)': [positiveInteger, (dilation) => unfoldSteps(tf.zeros([1, 2, 3]), 2, dilation)],
    'unfoldSteps(width)': [positiveInteger, (width) => unfoldSteps(tf.zeros([1, 2, 3]), width)],
  },
  exempt: { 'assertBias(sizes)': 'the shape that is expected, which the caller has checked' },
});
