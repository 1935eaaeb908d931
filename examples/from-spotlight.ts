import {
  adam,
  adaptiveHingeLoss,
  atRandom,
  byUser,
  defineExperiment,
  factorization,
  movielens,
  mrr,
  runExperiment,
  sequenceLstm,
  uniformNegatives,
  windowTargets,
} from 'footlight';

const dataset = movielens('latest-small');

// #region factorization
const implicit = defineExperiment({
  dataset,
  // the rows that numpy's RandomState(42) draws
  split: atRandom({ test: 0.2, seed: 42, order: 'source', rounding: 'truncate' }),
  model: factorization({ dim: 32 }),
  loss: adaptiveHingeLoss(),
  negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
  optimizer: () => adam({ learningRate: 1e-2, rows: 'dense' }),
  epochs: 10,
  batchSize: 1024,
  metrics: [mrr({ over: 'all' })],
  seen: 'rank-last',
  cold: 'include',
  seed: 42,
});
console.log('factorization', (await runExperiment(implicit)).metrics['mrr']?.mean.toFixed(3));
// #endregion factorization

// #region sequence
const sequences = { length: 50, minimum: 5 };
const lstm = defineExperiment({
  dataset,
  split: windowTargets(byUser({ test: 0.2, seed: 42, order: 'source' }), sequences),
  model: sequenceLstm({ dim: 32, history: 49 }),
  loss: adaptiveHingeLoss(),
  negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
  optimizer: () => adam({ learningRate: 1e-2, rows: 'dense' }),
  windows: sequences,
  epochs: 5,
  batchSize: 64,
  metrics: [mrr()],
  cold: 'include',
  seed: 42,
});
console.log('lstm         ', (await runExperiment(lstm)).metrics['mrr']?.mean.toFixed(3));
// #endregion sequence
