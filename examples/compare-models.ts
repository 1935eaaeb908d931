import {
  bprLoss,
  defineExperiment,
  ease,
  factorization,
  ials,
  itemKnn,
  kCore,
  leaveLastOut,
  movielens,
  multinomialLoss,
  multVae,
  ndcg,
  popularity,
  recall,
  runExperiment,
  sequenceGru,
} from 'footlight';

// Everything that decides what the numbers mean stands once; only the model changes.
const protocol = {
  dataset: movielens('latest-small'),
  filters: [kCore({ minimum: 10 })],
  split: leaveLastOut(),
  metrics: [ndcg({ at: 10 }), recall({ at: 20 })],
  seed: 42,
} as const;
const ranking = { ...protocol, loss: bprLoss() };

const experiments = [
  defineExperiment({ ...protocol, model: popularity() }),
  defineExperiment({ ...protocol, model: itemKnn({ neighbors: 50, shrink: 10 }) }),
  defineExperiment({ ...protocol, model: ease({ regularization: 200 }) }),
  defineExperiment({ ...protocol, model: ials({ dim: 32, confidence: 5, regularization: 10 }) }),
  defineExperiment({ ...ranking, model: factorization({ dim: 32 }), epochs: 10, batchSize: 1024 }),
  defineExperiment({ ...ranking, model: sequenceGru({ dim: 32, history: 50 }), epochs: 10, batchSize: 32 }),
  defineExperiment({
    ...protocol,
    model: multVae({ dims: [200, 64] }),
    loss: multinomialLoss(),
    epochs: 20,
    batchSize: 100,
  }),
];
for (const experiment of experiments) {
  const { metrics } = await runExperiment(experiment);
  const means = Object.values(metrics).map((each) => `${each.mean.toFixed(3)} ± ${each.standardError.toFixed(3)}`);
  console.log(experiment.model.name.padEnd(22), means.join('   '));
}
