import { fileURLToPath } from 'node:url';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { adaptiveHingeLoss } from './ranking/adaptive-hinge.js';
import { bprMaxLoss } from './ranking/bpr-max.js';
import { gbceLoss } from './ranking/gbce.js';
import { hingeLoss } from './ranking/hinge.js';
import { infoNceLoss } from './ranking/info-nce.js';
import { sampledSoftmaxLoss } from './ranking/sampled-softmax.js';
import { warpLoss } from './ranking/warp.js';

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'adaptiveHingeLoss(margin)': [ranges.fromZero, (margin) => adaptiveHingeLoss({ margin })],
    'bprMaxLoss(regularization)': [ranges.fromZero, (regularization) => bprMaxLoss({ regularization })],
    'gbceLoss(calibration)': [ranges.rate, (calibration) => gbceLoss({ calibration })],
    'hingeLoss(margin)': [ranges.fromZero, (margin) => hingeLoss({ margin })],
    'infoNceLoss(temperature)': [ranges.positive, (temperature) => infoNceLoss({ temperature })],
    'sampledSoftmaxLoss(temperature)': [ranges.positive, (temperature) => sampledSoftmaxLoss({ temperature })],
    'warpLoss(margin)': [ranges.fromZero, (margin) => warpLoss({ margin })],
  },
});
