import { tf } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createDataset, createTwoTastes, everySeventh } from '../fixtures.js';
import { saveArtifact } from '../storage/artifact.js';
import { runExperiment } from './run-experiment.js';

// A run that writes a checkpoint after every step and resumes from it; the test kills it with SIGKILL.
const path = process.argv[2]!;
await tf.setBackend('cpu');
const experiment = defineExperiment({
  dataset: createDataset(createTwoTastes()),
  split: everySeventh(),
  model: factorization({ dim: 5 }),
  loss: bprLoss(),
  metrics: [ndcg({ at: 10 })],
  epochs: 3,
  batchSize: 4,
  seed: 5,
});
const { recommender } = await runExperiment(experiment, {
  checkpoint: `${path}.checkpoint`,
  checkpointSeconds: 0,
  resume: true,
});
await saveArtifact(path, recommender, { model: experiment.model });
