import { leaveLastOut } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { ndcg, recall } from '@footlight/metrics';
import type { Representation, Solver } from '@footlight/models';
import { defineExperiment, type Experiment } from '@footlight/trainer';
import { catalogueLosses, createNegatives, isRankingLoss, rankingLosses } from '../choices/losses.js';
import { getModel } from '../choices/models.js';
import type { Settings } from '../choices/settings.js';
import type { Data } from '../sources/create-dataset.js';

/**
 * The experiment of the settings: each user's last interaction is for the test, the one before for the curve that is
 * drawn while training.
 */
export function createExperiment(settings: Settings, { dataset, filters, isInOrder }: Data): Experiment {
  const choice = getModel(settings.model);
  const model = choice.create(settings);
  const { seed, epochs, loss } = settings;
  const evaluation = {
    dataset,
    filters,
    split: leaveLastOut(isInOrder ? { order: 'source' } : {}),
    metrics: [ndcg({ at: 10 }), recall({ at: 20 })],
    seed,
  };
  if (loss === undefined) return defineExperiment({ ...evaluation, model: model as Solver });
  const { learningRate = 0.01 } = choice;
  const training = {
    ...evaluation,
    model: model as Representation,
    epochs,
    batchSize: model.reads === 'user' ? 512 : 64,
    optimizer: () => adam({ learningRate }),
    monitor: 'validation',
  } as const;
  if (!isRankingLoss(loss)) return defineExperiment({ ...training, loss: catalogueLosses[loss].create() });
  return defineExperiment({
    ...training,
    loss: rankingLosses[loss].create(),
    negatives: createNegatives(loss),
  });
}
