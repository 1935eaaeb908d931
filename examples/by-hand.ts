import { createRng } from '@footlight/core';
import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { adam, useBackend } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { createPredictor, evaluate, fit } from '@footlight/trainer';

await useBackend(); // `runExperiment` calls it itself
const rng = createRng(42);
const interactions = await movielens('latest-small').load({ rng: rng.fork('dataset') });
const { train, validation } = leaveLastOut().split(interactions, rng.fork('split'));
const network = factorization({ dim: 16 }).build(train.catalogue, rng.fork('model'));

// The loop belongs to the caller: log what you like, and stop early with `break`.
const options = {
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 4 }),
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 20,
  batchSize: 1024,
  rng,
};
for await (const { epoch, loss } of fit(network, train, options)) {
  const { metrics } = await evaluate(createPredictor(network), validation!, { metrics: [ndcg({ at: 10 })] });
  console.log(`epoch ${epoch}: loss ${loss.toFixed(3)}, ndcg@10 ${metrics['ndcg@10']?.mean.toFixed(3)}`);
  if (loss < 0.25) break;
}
