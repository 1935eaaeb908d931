import { assertInteger, invalid } from '@footlight/core';
import type { TrainingWindowsOptions } from '@footlight/datasets';
import { tieRules } from '@footlight/metrics';
import type { Experiment, LearnedExperiment } from '../types.js';

/**
 * Defines an experiment: checks that its parts fit together and freezes it. Runs and downloads nothing.
 *
 * @throws {RecsysError} `invalid-argument` naming the option that does not fit
 * @example
 * const experiment = defineExperiment({
 *   dataset: movielens('latest-small'),
 *   split: leaveLastOut(),
 *   model: factorization({ dim: 64 }),
 *   loss: bprLoss(),
 *   epochs: 8,
 *   metrics: [ndcg({ at: 10 })],
 *   seed: 42,
 * });
 */
export function defineExperiment<E extends Experiment>(experiment: E): E {
  const { metrics, seed, dataset, ratingScale, ties, seen, cold, candidates } = experiment;
  if (metrics.length === 0)
    invalid('defineExperiment(metrics)', 'at least one metric', 'none', 'Try ndcg({ at: 10 }).');
  const names = metrics.map((metric) => metric.name);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) invalid('defineExperiment(metrics)', 'different metrics', `${repeated} twice`);
  assertInteger('defineExperiment(seed)', seed, { minimum: Number.MIN_SAFE_INTEGER });
  if (names.some((_, at) => metrics[at]?.kind === 'rating') && !dataset.columns.ratings)
    invalid(
      'defineExperiment(metrics)',
      'a dataset with ratings for rating metrics',
      dataset.name,
      'Choose ranking metrics or name the rating column.',
    );
  if (seen !== undefined && !['exclude', 'rank-last', 'include'].includes(seen))
    invalid('defineExperiment(seen)', "'exclude', 'rank-last' or 'include'", seen);
  if (cold !== undefined && cold !== 'exclude' && cold !== 'include')
    invalid('defineExperiment(cold)', "'exclude' or 'include'", cold);
  if (candidates !== undefined && candidates !== 'every-item' && candidates !== 'cold-items')
    invalid('defineExperiment(candidates)', "'every-item' or 'cold-items'", candidates);
  if (ratingScale && !dataset.columns.ratings)
    invalid(
      'defineExperiment(ratingScale)',
      'a dataset with ratings',
      dataset.name,
      'Leave it out, or name the rating column.',
    );
  if (ties !== undefined && !tieRules.includes(ties))
    invalid('defineExperiment(ties)', `one of ${tieRules.join(', ')}`, String(ties));
  if (isLearned(experiment)) assertLearned(experiment);
  return Object.freeze(experiment);
}

function assertWindows({ length, step = length, minimum = 1, lengthPool = 1 }: TrainingWindowsOptions): void {
  assertInteger('defineExperiment(windows.length)', length);
  assertInteger('defineExperiment(windows.step)', step);
  assertInteger('defineExperiment(windows.minimum)', minimum, { maximum: length });
  assertInteger('defineExperiment(windows.lengthPool)', lengthPool);
}

function assertLearned({
  loss,
  epochs,
  batchSize,
  windows,
  dataset,
  model,
  stopEarly,
  schedule,
  metrics,
  refit,
  monitor,
}: LearnedExperiment): void {
  if (!loss) invalid('defineExperiment(loss)', `a loss for ${model.name}, which is learned`, loss, 'Try bprLoss().');
  if (loss.kind === 'rating' && !dataset.columns.ratings)
    invalid(
      'defineExperiment(loss)',
      `ranking or catalogue loss for ${dataset.name}, which has no ratings`,
      loss.name,
      'Try bprLoss(), or name the rating column.',
    );
  if (model.reads === 'basket' && loss.kind !== 'catalogue')
    invalid(
      'defineExperiment(loss)',
      `a catalogue loss for ${model.name}, which reads baskets`,
      loss.name,
      'Try multinomialLoss().',
    );
  assertInteger('defineExperiment(epochs)', epochs, { minimum: 0 });
  if (batchSize !== undefined) assertInteger('defineExperiment(batchSize)', batchSize);
  if (windows) assertWindows(windows);
  if (monitor !== undefined && monitor !== 'validation' && monitor !== 'test')
    invalid('defineExperiment(monitor)', "'validation' or 'test'", monitor);
  if (refit && schedule?.metric !== undefined)
    invalid(
      'defineExperiment(refit)',
      'a schedule that reads no metric, since nothing is left to validate on while training again',
      `one that reads ${schedule.metric}`,
      'Try cosineDecay().',
    );
  for (const [option, metric] of [
    ['stopEarly', stopEarly?.metric],
    ['schedule', schedule?.metric],
  ])
    if (metric !== undefined && !metrics.some(({ name }) => name === metric))
      invalid(`defineExperiment(${option}.metric)`, `one of ${metrics.map(({ name }) => name).join(', ')}`, metric);
}

/** Tells whether the model of an experiment is learned by gradient (a representation), not solved. */
export function isLearned(experiment: Experiment): experiment is LearnedExperiment {
  return experiment.model.kind === 'representation';
}
