import { useBackend } from '@footlight/engine';
import { serveRuns } from '@footlight/trainer';
import type { Settings } from '../choices/settings.js';
import { createDataset, type Source } from '../sources/create-dataset.js';
import { createExperiment } from './create-experiment.js';

/** What the page sends. */
export interface TrainingRequest {
  readonly settings: Settings;
  readonly source: Source;
}

serveRuns(async ({ settings, source }: TrainingRequest) => {
  await useBackend('wasm');
  return { experiment: createExperiment(settings, createDataset(source)) };
});
