import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toTable } from '@footlight/datasets/arquero';
import { escape as unparsed } from 'arquero';
import {
  bprLoss,
  createRng,
  defineExperiment,
  factorization,
  kCore,
  leaveLastOut,
  movielens,
  ndcg,
  readFeatureNames,
  runExperiment,
  table,
} from 'footlight';

// Two files that stand for yours: who watched what on which day, and what the films are called.
const folder = await mkdtemp(join(tmpdir(), 'footlight-'));
const source = toTable(await movielens('latest-small').load({ rng: createRng(42) }), { features: ['genre'] });
const views = source.derive({ day: unparsed((row: { timestamp: number }) => new Date(row.timestamp * 1000)) });
await writeFile(join(folder, 'views.csv'), views.select('user', 'item', 'day').toCSV({ delimiter: ';' }));
await writeFile(join(folder, 'films.csv'), source.select('item', 'title', 'genre').dedupe('item').toCSV());

// #region experiment
const experiment = defineExperiment({
  dataset: table({
    path: join(folder, 'views.csv'),
    separator: ';',
    user: 'user',
    item: 'item',
    timestamp: 'day',
    times: 'date',
    itemFeatures: { path: join(folder, 'films.csv'), id: 'item', title: 'title', features: ['genre'] },
  }),
  filters: [kCore({ minimum: 10 })],
  split: leaveLastOut(),
  model: factorization({ dim: 32 }),
  loss: bprLoss(),
  metrics: [ndcg({ at: 10 })],
  epochs: 10,
  batchSize: 1024,
  seed: 42,
});
const { sizes, metrics, recommender } = await runExperiment(experiment);
console.log(sizes);
console.log('ndcg@10', metrics['ndcg@10']?.mean.toFixed(3));
// #endregion experiment

// #region recommend
const list = await recommender.recommend({ user: 42 }, 10);
console.log(list.length, 'films that user 42 has not seen');
const { itemTitles, itemFeatures } = recommender.catalogue;
console.log(itemTitles?.[0], readFeatureNames(itemFeatures!, 0).join(', '));
// #endregion recommend
