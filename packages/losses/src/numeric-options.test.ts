import { fileURLToPath } from 'node:url';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { adaptiveHingeLoss } from './ranking/adaptive-hinge.js';
import { gbceLoss } from './ranking/gbce.js';
import { hingeLoss } from './ranking/hinge.js';
import { sampledSoftmaxLoss } from './ranking/sampled-softmax.js';
import { warpLoss } from './ranking/warp.js';

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'adaptiveHingeLoss(margin)': [ranges.fromZero, (margin) => adaptiveHingeLoss({ margin })],
    'gbceLoss(calibration)': [ranges.rate, (calibration) => gbceLoss({ calibration })],
    'hingeLoss(margin)': [ranges.fromZero, (margin) => hingeLoss({ margin })],
    'sampledSoftmaxLoss(temperature)': [ranges.positive, (temperature) => sampledSoftmaxLoss({ temperature })],
    'warpLoss(margin)': [ranges.fromZero, (margin) => warpLoss({ margin })],
  },
});
