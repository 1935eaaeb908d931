import { describe, expect, it } from 'vitest';
import { annealed } from '../fit/penalty-weight.js';
import { stopEarly } from '../fit/stop-early.js';
import { learnedExperiment } from '../fixtures.js';
import { describeTraining } from './describe-training.js';

describe('describeTraining', () => {
  it('fills in the defaults and leaves out what is absent', () => {
    const { optimizer: _, negatives: __, batchSize: ___, ...rest } = learnedExperiment;
    const training = describeTraining(rest as typeof learnedExperiment);
    expect(Object.keys(training)).toEqual([
      'model',
      'loss',
      'negatives',
      'epochs',
      'batchSize',
      'optimizer',
      'schedule',
      'stopEarly',
    ]);
    expect(training).toMatchObject({
      loss: 'bpr',
      negatives: 'uniform(1)',
      batchSize: 256,
      optimizer: { learningRate: 0.01 },
      schedule: 'constant',
      stopEarly: null,
    });
  });

  it('describes windows, penalty, precision and early stopping', () => {
    const training = describeTraining({
      ...learnedExperiment,
      windows: { length: 3 },
      penalty: annealed({ cap: 0.2, epochs: 5 }),
      precision: 'bf16',
      stopEarly: stopEarly({ metric: 'mrr' }),
    });
    expect(training).toMatchObject({
      windows: { length: 3 },
      penalty: { name: 'annealed', cap: 0.2, epochs: 5 },
      precision: 'bf16',
      stopEarly: { metric: 'mrr', patience: 3, minimumChange: 0, better: 'max', whileAnnealing: 'wait' },
    });
    expect(describeTraining({ ...learnedExperiment, precision: 'fp32' })).not.toHaveProperty('precision');
  });
});
