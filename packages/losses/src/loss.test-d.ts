import type * as tf from '@tensorflow/tfjs';
import { softmaxLoss } from './catalogue/softmax.js';
import { bprLoss } from './ranking/bpr.js';
import { pointwiseLoss } from './ranking/pointwise.js';
import { warpLoss } from './ranking/warp.js';
import { squaredLoss } from './rating/squared.js';
import type { CatalogueLoss, Loss, RankingLoss, RatingLoss } from './types.js';

export const all: Loss[] = [bprLoss(), softmaxLoss(), squaredLoss()];

// @ts-expect-error the whole catalogue is not a positive and its negatives
export const ranking: RankingLoss = softmaxLoss();
// @ts-expect-error pairs are not the whole catalogue
export const catalogue: CatalogueLoss = bprLoss();
// @ts-expect-error a rating loss has a link
export const rating: RatingLoss = softmaxLoss();

declare const scores: tf.Tensor2D;
// @ts-expect-error scores of the whole catalogue do not go into a ranking loss
export const mixed = (): tf.Tensor1D => bprLoss().compute({ scores, targets: scores });

// @ts-expect-error a form that there is not
pointwiseLoss({ terms: 'log' });
// @ts-expect-error a weight that there is not
warpLoss({ weight: 'linear' });
