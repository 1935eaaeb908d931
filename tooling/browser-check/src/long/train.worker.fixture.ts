import { useBackend } from '@footlight/engine';
import { serveRuns } from '@footlight/trainer';
import { createExperiment, type Input, measureMemory } from './experiment.fixture.js';

addEventListener('message', ({ data }) => {
  if (data === 'memory') postMessage(measureMemory());
});

serveRuns(async (input: Input) => {
  await useBackend();
  return { experiment: createExperiment(input) };
});
