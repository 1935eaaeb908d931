import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { averagePrecision } from './average-precision.js';
import { comparePaired } from './compare-paired.js';
import { coverage } from './coverage.js';
import { gini } from './gini.js';
import { hitRate } from './hit-rate.js';
import { ndcg } from './ndcg.js';
import { novelty } from './novelty.js';
import { precision } from './precision.js';
import { recall } from './recall.js';
import { sampled } from './sampled.js';
import { bootstrapInterval } from './summary.js';
import { topK } from './top-k.js';

const { positiveInteger, fraction } = ranges;
const rng = createRng(1);

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'averagePrecision(at)': [positiveInteger, (at) => averagePrecision({ at })],
    'bootstrapInterval(confidence)': [fraction, (confidence) => bootstrapInterval([1, 2, 3], { rng, confidence })],
    'bootstrapInterval(resamples)': [positiveInteger, (resamples) => bootstrapInterval([1, 2, 3], { rng, resamples })],
    'comparePaired(confidence)': [fraction, (confidence) => comparePaired([1, 2], [2, 5], { rng, confidence })],
    'comparePaired(resamples)': [positiveInteger, (resamples) => comparePaired([1, 2], [2, 5], { rng, resamples })],
    'coverage(at)': [positiveInteger, (at) => coverage({ at })],
    'gini(at)': [positiveInteger, (at) => gini({ at })],
    'hitRate(at)': [positiveInteger, (at) => hitRate({ at })],
    'ndcg(at)': [positiveInteger, (at) => ndcg({ at })],
    'novelty(at)': [positiveInteger, (at) => novelty({ at })],
    'precision(at)': [positiveInteger, (at) => precision({ at })],
    'recall(at)': [positiveInteger, (at) => recall({ at })],
    'sampled(count)': [positiveInteger, (count) => sampled(ndcg({ at: 3 }), { count })],
    'topK(count)': [positiveInteger, (count) => topK(Float32Array.of(3, 1, 2), count)],
  },
});
