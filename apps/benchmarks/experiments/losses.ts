import { amazonReviews, leaveLastOut, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import type { RankingLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { sequenceLstm } from '@footlight/models';

// One sequence model on sparse data with several losses, all other options equal. Not in a write-up.

export const evaluation = {
  dataset: amazonReviews('Musical_Instruments'),
  split: leaveLastOut(),
  metrics: [ndcg({ at: 10 })],
  seed: 42,
} as const;

/** Options that were not searched. */
export const createLstm = (loss: RankingLoss) =>
  ({
    ...evaluation,
    model: sequenceLstm({ dim: 32, history: 20 }),
    loss,
    windows: { length: 21, firstTarget: true },
    negatives: uniformNegatives({ count: 1 }),
    epochs: 10,
    batchSize: 256,
    optimizer: () => adam({ learningRate: 0.01 }),
    monitor: 'validation',
  }) as const;
