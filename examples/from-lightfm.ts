import {
  adagrad,
  atRandom,
  auc,
  defineExperiment,
  factorization,
  featureEmbeddings,
  minimumRating,
  movielens,
  precision,
  runExperiment,
  uniformNegatives,
  warpLoss,
} from 'footlight';

// #region experiment
const measured = {
  dataset: movielens('latest-small'), // with genres and years as features of the films
  filters: [minimumRating({ rating: 4 })],
  split: atRandom({ test: 0.2, seed: 42 }),
  loss: warpLoss(),
  negatives: uniformNegatives({ count: 10 }),
  optimizer: () => adagrad({ learningRate: 0.05 }),
  epochs: 4,
  batchSize: 1024,
  metrics: [precision({ at: 10 }), auc()],
  seed: 42,
} as const;
const experiments = {
  'ids alone': defineExperiment({ ...measured, model: factorization({ dim: 30 }) }),
  'ids and features': defineExperiment({
    ...measured,
    model: factorization({ dim: 30, itemEmbedding: featureEmbeddings() }),
  }),
};
for (const [name, experiment] of Object.entries(experiments)) {
  const { metrics } = await runExperiment(experiment);
  const means = Object.entries(metrics).map(([metric, { mean }]) => `${metric} ${mean.toFixed(3)}`);
  console.log(name.padEnd(18), means.join('  '));
}
// #endregion experiment
