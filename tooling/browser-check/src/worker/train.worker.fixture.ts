import { useBackend } from '@footlight/engine';
import { opfsFile, serveRuns } from '@footlight/trainer';
import { createExperiment, type Input } from './experiment.fixture.js';

serveRuns(async (input: Input) => {
  await useBackend();
  return { experiment: createExperiment(input), options: { checkpoint: opfsFile('run.safetensors') } };
});
