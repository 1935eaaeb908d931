import { type Negatives, uniformNegatives } from '@footlight/datasets';
import {
  adaptiveHingeLoss,
  bprLoss,
  type CatalogueLoss,
  gbceLoss,
  logisticLoss,
  multinomialLoss,
  type RankingLoss,
  sampledSoftmaxLoss,
  warpLoss,
} from '@footlight/losses';

/** A loss that compares an item that was chosen with sampled ones. */
export interface RankingChoice {
  readonly label: string;
  /** Sampled items per item that was chosen. */
  readonly count: number;
  create(): RankingLoss;
}

export const rankingLosses = {
  bpr: { label: 'BPR', count: 2, create: () => bprLoss() },
  'sampled-softmax': { label: 'Sampled softmax', count: 64, create: () => sampledSoftmaxLoss() },
  gbce: { label: 'gBCE', count: 64, create: () => gbceLoss({ calibration: 0.75 }) },
  logistic: { label: 'Logistic', count: 4, create: () => logisticLoss() },
  warp: { label: 'WARP', count: 10, create: () => warpLoss() },
  'adaptive-hinge': { label: 'Adaptive hinge', count: 5, create: () => adaptiveHingeLoss() },
} as const satisfies Readonly<Record<string, RankingChoice>>;

/** Losses over all items. */
export const catalogueLosses = {
  multinomial: { label: 'Multinomial', create: (): CatalogueLoss => multinomialLoss() },
} as const;

export type RankingLossName = keyof typeof rankingLosses;
export type LossName = RankingLossName | keyof typeof catalogueLosses;

/** Whether a text is the name of a loss of the menu. */
export function isLossName(text: string): text is LossName {
  return isRankingLoss(text) || Object.hasOwn(catalogueLosses, text);
}

export function isRankingLoss(text: string): text is RankingLossName {
  return Object.hasOwn(rankingLosses, text);
}

export function getLossLabel(name: LossName): string {
  return isRankingLoss(name) ? rankingLosses[name].label : catalogueLosses[name].label;
}

/** The sampler of a ranking loss: items that the user did not choose. */
export function createNegatives(name: RankingLossName): Negatives {
  return uniformNegatives({ count: rankingLosses[name].count, reject: 'seen' });
}
