import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { bprLoss } from '@footlight/losses';
import { ndcg, recall } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';

const experiment = defineExperiment({
  dataset: movielens('latest-small'),
  split: leaveLastOut(),
  model: factorization({ dim: 64 }),
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 4 }),
  metrics: [ndcg({ at: 10 }), recall({ at: 20 })],
  epochs: 8,
  batchSize: 1024,
  seed: 42,
});
const { metrics } = await runExperiment(experiment);
for (const [name, { mean, standardError }] of Object.entries(metrics))
  console.log(`${name}: ${mean.toFixed(4)} ± ${standardError.toFixed(4)}`);
