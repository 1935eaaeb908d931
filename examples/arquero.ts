import { fromTable, toTable } from '@footlight/datasets/arquero';
import { desc, from } from 'arquero';
import {
  createRng,
  type Dataset,
  defineExperiment,
  ease,
  leaveLastOut,
  movielens,
  ndcg,
  recall,
  runExperiment,
} from 'footlight';

// #region wrangle
const ratings = toTable(await movielens('latest-small').load({ rng: createRng(42) }));

// What people liked of the films that at least ten liked, by people who liked at least ten of these.
const wrangled = ratings
  .filter((row: { rating: number }) => row.rating >= 4)
  .groupby('item')
  .filter('count() >= 10')
  .groupby('user')
  .filter('count() >= 10')
  .ungroup()
  .orderby('timestamp');
console.log(`${ratings.numRows()} rows, ${wrangled.numRows()} kept`);
wrangled.groupby('title').count().orderby(desc('count')).print({ limit: 3 });
// #endregion wrangle

// #region train
const dataset: Dataset = {
  name: 'liked-films',
  protocol: { source: 'movielens latest-small', kept: 'ratings from 4, ten per film and user' },
  columns: { ratings: true, timestamps: true },
  load: async () =>
    fromTable(wrangled, { user: 'user', item: 'item', rating: 'rating', timestamp: 'timestamp', title: 'title' }),
};
const { metrics, recommender } = await runExperiment(
  defineExperiment({
    dataset,
    split: leaveLastOut(),
    model: ease({ regularization: 100 }),
    metrics: [ndcg({ at: 10 }), recall({ at: 20 })],
    seed: 42,
  }),
);
console.log('ndcg@10', metrics['ndcg@10']?.mean.toFixed(3), 'recall@20', metrics['recall@20']?.mean.toFixed(3));
// #endregion train

// #region recommend
const rows = [];
for (const user of [1, 4, 6])
  for (const [at, { title, score }] of (await recommender.recommend({ user }, 2)).entries())
    rows.push({ user, rank: at + 1, title, score: Number(score.toFixed(2)) });
const recommendations = from(rows);
recommendations.print();
console.log(recommendations.toCSV().split('\n')[0]);
// #endregion recommend
