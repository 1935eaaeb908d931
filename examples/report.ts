import { kCore, leaveLastOut, movielens } from '@footlight/datasets';
import { useBackend } from '@footlight/engine';
import { ndcg, recall } from '@footlight/metrics';
import { itemKnn, popularity } from '@footlight/models';
import {
  averageOverSeeds,
  combineSeeds,
  compareExperiments,
  formatComparisonTable,
  formatResultTable,
  toRunValues,
  toSeedResult,
} from '@footlight/report';
import { defineExperiment, runExperiment } from '@footlight/trainer';

await useBackend('wasm'); // the table names the backend; without this line it is the best one that works
const metrics = [ndcg({ at: 10 }), recall({ at: 20 })];
const protocol = {
  dataset: movielens('latest-small'),
  filters: [kCore({ minimum: 10 })],
  split: leaveLastOut(),
  metrics,
  seed: 42,
} as const;

/** Runs one seed of an experiment. @returns its result, and the metric values of each user */
async function run(name: string, model: ReturnType<typeof popularity>) {
  const outcome = await runExperiment(defineExperiment({ ...protocol, model }));
  const result = combineSeeds(name, [toSeedResult(outcome)]);
  const names = metrics.map((metric) => metric.name);
  return { result, values: averageOverSeeds(result, [toRunValues(outcome, names)])! };
}

const one = await run('popularity', popularity());
const other = await run('item-knn', itemKnn({ neighbors: 50, shrink: 10 }));

// A table of results; it refuses results of different protocols.
console.log(formatResultTable([one.result, other.result]));

// The same users, compared one by one.
const comparison = compareExperiments(other.values, one.values);
console.log(`\n${formatComparisonTable('item-knn', 'popularity', comparison)}`);
