import { omitUndefined } from '@footlight/core';
import { popularity } from '@footlight/models';
import type { StoredResult } from '@footlight/report';
import { defineExperiment, type Experiment, type RunOptions, runExperiment } from '@footlight/trainer';
import type { Context } from '../context.js';

/**
 * Notes on the error output that a model trained with the pointwise loss ranks below popularity, by its first rank
 * metric: scores saturate under this loss, and the order of frequent items is lost.
 */
export async function noteBelowPopularity(
  experiment: Experiment,
  { experiment: name, metrics }: Pick<StoredResult, 'experiment' | 'metrics'>,
  directory: string | undefined,
  { err, signal }: Pick<Context, 'err' | 'signal'>,
): Promise<void> {
  const metric = experiment.metrics.find(({ kind }) => kind === 'rank');
  if (!experiment.loss?.name.startsWith('pointwise(') || !metric || experiment.folds) return;
  const baseline = await measurePopularity(experiment, { directory, signal });
  const [ours, theirs] = [metrics[metric.name]!.mean, baseline.metrics[metric.name]!.mean];
  if (!(ours < theirs)) return;
  err.write(
    `${name}: ${metric.name} ${ours.toFixed(4)} is below that of popularity, ${theirs.toFixed(4)}. ` +
      'The pointwise loss counts errors: scores of all frequent items saturate, and their order is lost. ' +
      'Try --loss logistic, bpr or softmax, fewer epochs, or a lower learning rate.\n',
  );
}

/** Popularity under the same protocol and with the first seed. */
function measurePopularity(
  { dataset, filters, split, metrics, ratingScale, seen, cold, candidates, ties, refit, seed }: Experiment,
  options: RunOptions,
) {
  const rules = omitUndefined({ seen, cold, candidates, ties, refit });
  const data = { dataset, split, metrics, seed, ...(filters && { filters }), ...(ratingScale && { ratingScale }) };
  return runExperiment(defineExperiment({ ...data, ...rules, model: popularity() }), options);
}
