import { omitUndefined } from '@footlight/core';
import { combineProtocols, type MetricSummary, type Report } from '@footlight/trainer';
import { type ExperimentResult, type MetricResult, replaceNaN, type SeedResult } from './result.js';

/** Combines the runs of one experiment: means with standard errors over seeds. */
export function combineSeeds(experiment: string, runs: readonly [SeedResult, ...SeedResult[]]): ExperimentResult {
  const [{ published, publishedValidation, backend, metrics, validationMetrics, leftOut }] = runs;
  const combine = (
    names: Readonly<Record<string, MetricSummary>>,
    getSummaries: (run: SeedResult) => Readonly<Record<string, MetricSummary>>,
  ) =>
    Object.fromEntries(
      Object.keys(names).map((metric) => [metric, summarizeSeeds(runs.map((run) => getSummaries(run)[metric]!))]),
    );
  const validated = runs.every((run) => run.validationMetrics); // runs of an earlier version lack them
  return {
    experiment,
    protocol: combineProtocols(runs.map(({ protocol }) => protocol)),
    metrics: combine(metrics, (run) => run.metrics),
    published,
    ...omitUndefined({
      validation:
        validationMetrics && validated ? combine(validationMetrics, (run) => run.validationMetrics!) : undefined,
      publishedValidation,
      leftOut,
    }),
    seeds: runs.map(({ seed }) => seed),
    backend,
    ...omitUndefined({ archives: collectArchives(runs) }),
    seconds: {
      load: averageSeconds(runs, 'load'),
      train: averageSeconds(runs, 'train'),
      evaluate: averageSeconds(runs, 'evaluate'),
    },
  };
}

/** The archives of all runs, each once; undefined if there are none. */
function collectArchives(runs: readonly SeedResult[]): Report['archives'] | undefined {
  const archives = runs.flatMap((run) => run.archives ?? []); // runs of an earlier version lack them
  if (archives.length === 0) return undefined;
  return [...new Map(archives.map((each) => [`${each.fileName} ${each.checksum}`, each])).values()];
}

/**
 * $$ \bar x = \frac{1}{n} \sum x_i, \quad \mathrm{se} = \sqrt{\frac{\sum (x_i - \bar x)^2}{n (n - 1)}} $$
 */
function summarizeSeeds(summaries: readonly { readonly mean: number; readonly standardError: number }[]): MetricResult {
  const values = summaries.map((summary) => summary.mean);
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, standardError: replaceNaN(summaries[0]!.standardError), values };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const userError = replaceNaN(summaries.reduce((sum, { standardError }) => sum + standardError, 0) / count);
  return { mean, standardError: Math.sqrt(squares / (count * (count - 1))), userError, values };
}

function averageSeconds(runs: readonly SeedResult[], part: keyof Report['seconds']): number {
  return runs.reduce((sum, { seconds }) => sum + seconds[part], 0) / runs.length;
}
