import { createRng } from '@footlight/core';
import { leaveLastOut, syntheticInteractions } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import type { Trial } from '@footlight/studies';
import { defineSearch, type Search } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';

// A search of short trials. Those with numbers in KILLED_TRIALS end their process with SIGKILL after the first epoch.
const killed = (process.env['KILLED_TRIALS'] ?? '').split(',').filter(Boolean).map(Number);
const synthetic = syntheticInteractions({ users: 41, items: 29, interactions: 41 * 7, activityDeviation: 0 });
const { drawn: _, ...dataset } = synthetic;

/** The search; a file of its own exports it. */
export const killedTrials: Search = defineSearch({
  name: 'killed',
  space(trial) {
    const { number } = trial as unknown as Trial;
    const rate = trial.float('rate', { low: 1e-3, high: 1e-1, log: true });
    return defineExperiment({
      dataset: { ...dataset, load: (options) => synthetic.load({ ...options, rng: createRng(1) }) },
      split: leaveLastOut(),
      model: factorization({ dim: 3 }),
      loss: bprLoss(),
      optimizer: () => adam({ learningRate: rate }),
      schedule: {
        name: 'killed',
        protocol: {},
        factor(progress) {
          if (progress >= 1 && killed.includes(number)) process.kill(process.pid, 'SIGKILL');
          return 1;
        },
      },
      epochs: 2,
      metrics: [mrr()],
      seed: 1,
    });
  },
  objective: { metric: 'mrr' },
});
