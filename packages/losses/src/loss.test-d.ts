import type { tf } from '@footlight/engine';
import { softmaxLoss } from './catalogue/softmax.js';
import { bprLoss } from './ranking/bpr.js';
import { pointwiseLoss } from './ranking/pointwise.js';
import { warpLoss } from './ranking/warp.js';
import { squaredLoss } from './rating/squared.js';
import type { CatalogueLoss, Loss, RankingLoss, RatingLoss } from './types.js';

export const all: Loss[] = [bprLoss(), softmaxLoss(), squaredLoss()];

// @ts-expect-error a catalogue loss is not a ranking loss
export const ranking: RankingLoss = softmaxLoss();
// @ts-expect-error a ranking loss is not a catalogue loss
export const catalogue: CatalogueLoss = bprLoss();
// @ts-expect-error a catalogue loss is not a rating loss, which has a link
export const rating: RatingLoss = softmaxLoss();

declare const scores: tf.Tensor2D;
// @ts-expect-error a ranking loss does not take the scores of the whole catalogue
export const mixed = (): tf.Tensor1D => bprLoss().compute({ scores, targets: scores });

// @ts-expect-error 'log' is not a value of terms
pointwiseLoss({ terms: 'log' });
// @ts-expect-error 'linear' is not a value of weight
warpLoss({ weight: 'linear' });
