import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defineExperiment,
  ease,
  kCore,
  leaveLastOut,
  loadArtifact,
  movielens,
  ndcg,
  runExperiment,
  saveArtifact,
} from 'footlight';

const model = ease({ regularization: 200 });
const outcome = await runExperiment(
  defineExperiment({
    dataset: movielens('latest-small'),
    filters: [kCore({ minimum: 20 })],
    split: leaveLastOut(),
    model,
    metrics: [ndcg({ at: 10 })],
    seed: 42,
  }),
);

// One file with weights, ids, titles and histories: nothing else is needed to recommend.
const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'films.safetensors');
await saveArtifact(path, outcome.recommender, { model });
const recommender = await loadArtifact(path, model);

console.log('For user 1:');
for (const { title } of await recommender.recommend({ user: 1 }, 3)) console.log(' ', title);

console.log('For a new user, who liked Alien and Terminator:');
const history = ['Alien (1979)', 'Terminator, The (1984)'].map((title) => recommender.findItem(title));
for (const { title } of await recommender.recommend({ history }, 3)) console.log(' ', title);
