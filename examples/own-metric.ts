import {
  bprLoss,
  defineExperiment,
  factorization,
  leaveLastOut,
  movielens,
  ndcg,
  popularity,
  type RankMetric,
  runExperiment,
} from 'footlight';

/**
 * Rank-biased precision: the chance that a reader, who goes on to the next item with probability `persistence`,
 * stops at a relevant one.
 *
 * $$ (1 - p) \sum_{i \in R} p^{r_i} $$
 */
function rankBiasedPrecision({ persistence }: { persistence: number }): RankMetric {
  return {
    kind: 'rank',
    name: `rbp(${persistence})`,
    protocol: { name: 'rank-biased-precision', persistence },
    measure({ ranks, relevantCount }) {
      if (relevantCount === 0) return Number.NaN; // left out of the mean
      return (1 - persistence) * Array.from(ranks).reduce((sum, rank) => sum + persistence ** rank, 0);
    },
  };
}

const measured = {
  dataset: movielens('latest-small'),
  split: leaveLastOut(),
  metrics: [rankBiasedPrecision({ persistence: 0.9 }), ndcg({ at: 10 })],
  seed: 42,
} as const;
const experiments = [
  defineExperiment({ ...measured, model: popularity() }),
  defineExperiment({ ...measured, model: factorization({ dim: 32 }), loss: bprLoss(), epochs: 8, batchSize: 1024 }),
];
for (const experiment of experiments) {
  const { metrics } = await runExperiment(experiment);
  const shown = Object.entries(metrics).map(([name, { mean }]) => `${name} ${mean.toFixed(4)}`);
  console.log(experiment.model.name.padEnd(18), shown.join('  '));
}
