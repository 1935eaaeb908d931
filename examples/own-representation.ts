import { kCore, leaveLastOut, movielens } from '@footlight/datasets';
import { scoreCandidates, tf } from '@footlight/engine';
import { scaledEmbedding } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { popularity, type Representation } from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';

/** Mean-history model: a user is the mean of the vectors of the last `length` items. */
function meanHistory({ dim, length }: { dim: number; length: number }): Representation {
  const reads = { history: length };
  return {
    kind: 'representation',
    name: `mean-history(${dim},${length})`,
    protocol: { dim, length },
    reads,
    build({ itemCount }, rng) {
      const item = scaledEmbedding({ count: itemCount, dim, rng: rng.fork('item') });
      return {
        reads,
        parameters: { item: item.parameters },
        encode({ history, mask }) {
          const [batch, time] = history.shape;
          const real = tf.expandDims(mask, 2); // [batch, time, 1]
          const upToStep = tf.expandDims(tf.linalg.bandPart(tf.ones([time, time]), -1, 0)); // [1, time, time]
          const steps = tf.tile(upToStep, [batch, 1, 1]); // [batch, time, time]
          const sums = tf.matMul(steps, tf.mul(item.apply(history), real)); // [batch, time, dim]
          return { vectors: tf.div(sums, tf.maximum(tf.matMul(steps, real), 1)) as tf.Tensor3D };
        },
        score: (vectors, candidates) =>
          candidates ? scoreCandidates(vectors, item.table, candidates) : tf.matMul(vectors, item.table, false, true),
      };
    },
  };
}

const shared = {
  dataset: movielens('latest-small'),
  filters: [kCore({ minimum: 50 })],
  split: leaveLastOut(),
  metrics: [ndcg({ at: 10 })],
  seed: 42,
} as const;
const experiments = [
  defineExperiment({ ...shared, model: popularity() }),
  defineExperiment({
    ...shared,
    model: meanHistory({ dim: 16, length: 20 }),
    loss: bprLoss(),
    epochs: 10,
    batchSize: 64,
  }),
];
for (const experiment of experiments) {
  const { metrics } = await runExperiment(experiment);
  console.log(experiment.model.name.padEnd(20), metrics['ndcg@10']?.mean.toFixed(3));
}
