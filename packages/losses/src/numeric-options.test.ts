import { fileURLToPath } from 'node:url';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { adaptiveHingeLoss } from './ranking/adaptive-hinge.js';
import { hingeLoss } from './ranking/hinge.js';
import { warpLoss } from './ranking/warp.js';

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'adaptiveHingeLoss(margin)': [ranges.fromZero, (margin) => adaptiveHingeLoss({ margin })],
    'hingeLoss(margin)': [ranges.fromZero, (margin) => hingeLoss({ margin })],
    'warpLoss(margin)': [ranges.fromZero, (margin) => warpLoss({ margin })],
  },
});
