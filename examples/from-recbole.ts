import {
  defineExperiment,
  kCore,
  leaveLastOut,
  movielens,
  mrr,
  ndcg,
  recall,
  runExperiment,
  sequenceGru,
  softmaxLoss,
  stopEarly,
} from 'footlight';

// #region experiment
const experiment = defineExperiment({
  dataset: movielens('latest-small'),
  filters: [kCore({ minimum: 10 })],
  split: leaveLastOut(),
  model: sequenceGru({ dim: 32, history: 50 }),
  loss: softmaxLoss(),
  epochs: 5,
  batchSize: 64,
  stopEarly: stopEarly({ metric: 'mrr', patience: 2 }),
  metrics: [recall({ at: 10 }), mrr(), ndcg({ at: 10 })],
  seed: 42,
});
const { metrics } = await runExperiment(experiment);
for (const [name, { mean }] of Object.entries(metrics)) console.log(name.padEnd(10), mean.toFixed(3));
// #endregion experiment
