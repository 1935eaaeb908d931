import { createRng } from '@footlight/core';
import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { evaluate, fit, predictorOf } from '@footlight/trainer';

const rng = createRng(42);
const interactions = await movielens('latest-small').load({ rng: rng.fork('dataset') });
const { train, validation } = leaveLastOut().split(interactions, rng.fork('split'));
const network = factorization({ dim: 16 }).build(train.catalogue, rng.fork('model'));

// The loop is yours: stopping early is `break`, logging is a line.
let best = 0;
const options = {
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 4 }),
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 9,
  batchSize: 1024,
  rng,
};
for await (const { epoch, loss } of fit(network, train, options)) {
  const { metrics } = await evaluate(predictorOf(network), validation!, { metrics: [ndcg({ at: 10 })] });
  const quality = metrics['ndcg@10']!.mean;
  console.log(`epoch ${epoch}: loss ${loss.toFixed(2)}, ndcg@10 ${quality.toFixed(2)}`);
  if (quality < best) break;
  best = quality;
}
