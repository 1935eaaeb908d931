import type { Column, Figure } from '../plots/figure.js';
import { getMetricValues, type QueryValues } from '../query-values.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { html } from './html.js';
import { createId, formatValue } from './names.js';

const binCount = 20;

/** Distributions of a metric over users: a mean can hide that most users have 0. */
export function renderUsersSection(values: readonly QueryValues[]): Section {
  return {
    id: 'users',
    title: 'Users',
    body:
      values.length === 0
        ? renderHint(
            'This section shows the values per user of ranking experiments. ' +
              'Run one: `footlight run latest-small/factorization-bpr`.',
          )
        : html`${explanation}${renderFigures(values.map(createDistributionFigure))}`,
  };
}

const explanation = html`<p>Distribution of a metric over users, or over queries where users have several, such as
windows of a history. Each value is the mean over seeds.</p>`;

function createDistributionFigure(values: QueryValues): Figure {
  const metric = selectMetric(values);
  const defined = getMetricValues(values, metric).filter((value) => !Number.isNaN(value));
  const sorted = defined.toSorted();
  const median = formatValue(sorted[Math.floor(sorted.length / 2)]!);
  const zeros = defined.filter((value) => value === 0).length / defined.length;
  const [query, queries] = values.queryUsers ? ['query', 'queries'] : ['user', 'users'];
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return {
    id: createId('users', values.experiment),
    title: `${values.experiment}: ${metric} by ${query}`,
    description:
      `${countQueries(values, defined.length)}. The median is ${median}; ` +
      `${formatPercent(zeros)} of ${queries} have 0.`,
    x: { label: `${metric} of a ${query}`, domain: [0, 1] },
    y: { label: `${queries} (%)` },
    series: [{ name: metric, draw: 'columns', columns: binValues(defined) }],
    rules: [{ x: mean, label: `mean ${formatValue(mean)}` }],
    height: 200,
  };
}

function countQueries({ queryUsers }: QueryValues, count: number): string {
  return queryUsers ? `${count} queries of ${new Set(queryUsers).size} users` : `${count} users`;
}

/** NDCG if there is one, otherwise the first metric. */
function selectMetric({ metrics }: QueryValues): string {
  const names = Object.keys(metrics);
  return names.find((name) => name.startsWith('ndcg')) ?? names[0]!;
}

/** Percentages of values in equal bins between 0 and 1; 1 itself is in the last bin. */
function binValues(values: Float64Array): Column[] {
  const counts = new Array<number>(binCount).fill(0);
  for (const value of values) counts[Math.min(binCount - 1, Math.floor(value * binCount))]! += 1;
  return counts.map((count, bin) => ({
    from: bin / binCount,
    to: (bin + 1) / binCount,
    y: (100 * count) / values.length,
  }));
}

const formatPercent = (share: number): string => `${Math.round(100 * share)} %`;
