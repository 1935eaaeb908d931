import {
  atRandom,
  averagePrecision,
  defineExperiment,
  ials,
  itemKnn,
  minimumRating,
  movielens,
  ndcg,
  precision,
  runExperiment,
} from 'footlight';

// #region experiment
const measured = {
  dataset: movielens('latest-small'),
  filters: [minimumRating({ rating: 4 })],
  split: atRandom({ test: 0.2, seed: 42 }),
  metrics: [precision({ at: 10 }), averagePrecision({ at: 10 }), ndcg({ at: 10 })],
  seed: 42,
} as const;
const experiments = [
  defineExperiment({ ...measured, model: ials({ dim: 64, regularization: 10, confidence: 9, iterations: 15 }) }),
  defineExperiment({ ...measured, model: itemKnn({ neighbors: 20 }) }),
];
for (const experiment of experiments) {
  const { metrics, recommender } = await runExperiment(experiment);
  const means = Object.entries(metrics).map(([metric, { mean }]) => `${metric} ${mean.toFixed(3)}`);
  console.log(experiment.model.name.padEnd(13), means.join('  '));
  const list = await recommender.recommend({ user: 1 }, 10); // what user 1 has seen is left out
  console.log(list.length, 'recommendations for user 1');
}
// #endregion experiment
