import { fromTable, toRecommendationTable, toTable } from '@footlight/datasets/arquero';
import { desc, op } from 'arquero';
import {
  createRng,
  defineExperiment,
  ease,
  inMemory,
  leaveLastOut,
  movielens,
  ndcg,
  recall,
  runExperiment,
} from 'footlight';

// #region wrangle
const ratings = toTable(await movielens('latest-small').load({ rng: createRng(42) }));

// Ratings of at least 4, of movies with at least ten of them, and of users with at least ten of them.
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
const names = { user: 'user', item: 'item', rating: 'rating', timestamp: 'timestamp', title: 'title' };
const dataset = inMemory(fromTable(wrangled, names), { name: 'liked-movies' });
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
const recommendations = await toRecommendationTable([1, 4, 6], (user) => recommender.recommend({ user }, 2));
recommendations.derive({ score: (row: { score: number }) => op.round(100 * row.score) / 100 }).print();
console.log(recommendations.toCSV().split('\n')[0]);
// #endregion recommend
