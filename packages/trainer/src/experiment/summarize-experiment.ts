import { createRng } from '@footlight/core';
import { joinValidation } from '@footlight/datasets';
import { ensureBackend } from '@footlight/engine';
import { type ModelSummary, summarizeModel } from '@footlight/models';
import { loadSplits } from '../run/load-splits.js';
import type { RunOptions } from '../run/types.js';
import type { Experiment } from '../types.js';

/**
 * Lists the parameters of the model of an experiment, for the users and items that its data leave. Loads the data, and
 * trains nothing.
 *
 * @throws {RecsysError} with the code of the component that fails
 * @example
 * formatSummary(await summarizeExperiment(experiment));
 */
export async function summarizeExperiment(
  experiment: Experiment,
  options: Pick<RunOptions, 'directory' | 'onProgress' | 'signal'> = {},
): Promise<ModelSummary> {
  await ensureBackend();
  const { splits } = await loadSplits(experiment, createRng(experiment.seed), options);
  const { catalogue } = experiment.refit ? joinValidation(splits) : splits.train;
  return summarizeModel(experiment.model, catalogue);
}
