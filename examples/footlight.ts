import { defineExperiment, itemKnn, kCore, leaveLastOut, movielens, ndcg, runExperiment } from 'footlight';

const experiment = defineExperiment({
  dataset: movielens('latest-small'),
  filters: [kCore({ minimum: 5 })],
  split: leaveLastOut(),
  model: itemKnn({ neighbors: 50, shrink: 10 }),
  metrics: [ndcg({ at: 10 })],
  seed: 42,
});
const { metrics, recommender } = await runExperiment(experiment);
console.log(`NDCG@10 ${metrics['ndcg@10']!.mean.toFixed(4)}`);

const history = ['Toy Story (1995)', 'Heat (1995)'].map((title) => recommender.findItem(title));
for (const { title } of await recommender.recommend({ history }, 5)) console.log(title);
