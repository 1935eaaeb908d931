import type { Column, Figure } from '../plots/figure.js';
import { getMetricValues, type QueryValues } from '../query-values.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { html } from './html.js';
import { createId, formatValue } from './names.js';

const binCount = 20;

/** How a metric is spread over users: a mean may hide that most of them get nothing. */
export function renderUsersSection(values: readonly QueryValues[]): Section {
  return {
    id: 'users',
    title: 'Users',
    body:
      values.length === 0
        ? renderHint(
            'Values per user are kept with each run of a ranking row: `footlight run latest-small/factorization-bpr`.',
          )
        : html`<p>How many users have which value, as means over seeds.</p>${renderFigures(values.map(createDistributionFigure))}`,
  };
}

function createDistributionFigure(values: QueryValues): Figure {
  const metric = selectMetric(values);
  const defined = getMetricValues(values, metric).filter((value) => !Number.isNaN(value));
  const sorted = defined.toSorted();
  const zeros = defined.filter((value) => value === 0).length / defined.length;
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return {
    id: createId('users', values.experiment),
    title: `${values.experiment}: ${metric} of users`,
    description: `${defined.length} users; the median has ${formatValue(sorted[Math.floor(sorted.length / 2)]!)}, and ${formatPercent(zeros)} have 0.`,
    x: { label: `${metric} of a user`, domain: [0, 1] },
    y: { label: 'users (%)' },
    series: [{ name: metric, draw: 'columns', columns: binValues(defined) }],
    rules: [{ x: mean, label: `mean ${formatValue(mean)}` }],
    height: 200,
  };
}

/** NDCG if it was measured, else the first. */
function selectMetric({ metrics }: QueryValues): string {
  const names = Object.keys(metrics);
  return names.find((name) => name.startsWith('ndcg')) ?? names[0]!;
}

/** Shares in percent of values between 0 and 1; 1 itself belongs to the last bin. */
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
