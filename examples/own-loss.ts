import { kCore, leaveLastOut, movielens } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { bprLoss, type RankingLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';

/** Squared hinge loss: the square of the amount by which a negative violates a margin of 1. */
function squaredHingeLoss(): RankingLoss {
  return {
    kind: 'ranking',
    name: 'squared-hinge',
    compute({ positive, negatives }) {
      const violation = tf.relu(tf.add(tf.sub(negatives, tf.expandDims(positive, 1)), 1)); // [query, negative]
      return tf.mean(tf.square(violation), 1); // [query]; the trainer averages
    },
  };
}

for (const loss of [bprLoss(), squaredHingeLoss()]) {
  const experiment = defineExperiment({
    dataset: movielens('latest-small'),
    filters: [kCore({ minimum: 50 })],
    split: leaveLastOut(),
    model: factorization({ dim: 16 }),
    loss,
    metrics: [ndcg({ at: 10 })],
    epochs: 20,
    batchSize: 1024,
    seed: 42,
  });
  const { metrics } = await runExperiment(experiment);
  console.log(loss.name.padEnd(14), metrics['ndcg@10']?.mean.toFixed(3));
}
