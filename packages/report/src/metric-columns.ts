import type { ExperimentResult, MetricResult } from './result.js';

/** A column of a table of results. */
export interface MetricColumn {
  readonly title: string;
  readonly metric: string;
  readonly part: 'validation' | 'test';
  readonly source: 'published' | 'ours';
  /** The published value of an experiment, with its digits; a dash if there is none, or the column is ours. */
  formatPublished(result: ExperimentResult): string;
  /** Our result; absent for an experiment without one, or if the column is a published one. */
  getResult(result: ExperimentResult): MetricResult | undefined;
}

/**
 * Creates the columns of a table of results: for each metric the published values, if there are any, and ours; those of
 * the validation part first, if an experiment has them.
 *
 * @param metrics names, in order. Default: all of the first result
 */
export function createMetricColumns(
  results: readonly ExperimentResult[],
  metrics: readonly string[] = Object.keys(results[0]?.metrics ?? {}),
): MetricColumn[] {
  return metrics.flatMap((metric) =>
    (['validation', 'test'] as const).flatMap((part) =>
      (['published', 'ours'] as const)
        .map((source) => createColumn(metric, part, source))
        .filter(({ formatPublished, getResult }) =>
          results.some((result) => formatPublished(result) !== '–' || getResult(result) !== undefined),
        ),
    ),
  );
}

function createColumn(metric: string, part: MetricColumn['part'], source: MetricColumn['source']): MetricColumn {
  const name = part === 'test' ? metric : `${metric} (validation)`;
  return {
    title: source === 'ours' ? name : `${name} published`,
    metric,
    part,
    source,
    formatPublished({ published, publishedValidation = {} }) {
      const value = (part === 'test' ? published : publishedValidation)[metric];
      return value === undefined || source === 'ours' ? '–' : String(value);
    },
    getResult({ metrics, validation = {} }) {
      return source === 'ours' ? (part === 'test' ? metrics : validation)[metric] : undefined;
    },
  };
}
