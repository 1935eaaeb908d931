import {
  compareExperiments,
  formatPValue,
  formatSignedInterval,
  type MetricComparison,
} from '../compare-experiments.js';
import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure } from '../plots/figure.js';
import { haveSameQueries, type QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { renderFigures, renderHint, renderTable, type Section } from './elements.js';
import { type Html, html } from './html.js';
import { createId, shortenNames } from './names.js';

interface Pair {
  readonly experiment: string;
  readonly comparisons: readonly MetricComparison[];
}

/** Paired comparisons: each experiment of a protocol against the best one, over the same users. */
export function renderPairsSection(
  groups: readonly ResultGroup<StoredResult>[],
  values: ReadonlyMap<string, QueryValues>,
): Section {
  const compared = groups.flatMap((group) => renderGroup(group, values));
  return {
    id: 'pairs',
    title: 'Paired comparisons',
    body:
      compared.length === 0
        ? renderHint(
            'This section compares experiments of one protocol with values per user. ' +
              'Run two: `footlight run latest-small/popularity latest-small/factorization-bpr`.',
          )
        : html`<p>${explanation}</p>${compared}`,
  };
}

const explanation =
  'Differences to the experiment with the best mean, over the same users, with 95 % bootstrap intervals; ' +
  'where users have several queries, users are resampled. ' +
  'p is the two-sided p-value of a sign-flip permutation test, not corrected for the number of comparisons.';

function renderGroup(group: ResultGroup<StoredResult>, values: ReadonlyMap<string, QueryValues>): Html[] {
  const metric = Object.keys(group[0].metrics)[0]!;
  const [best, ...others] = group
    .filter(({ experiment }) => values.has(experiment))
    .sort((one, other) => other.metrics[metric]!.mean - one.metrics[metric]!.mean)
    .map(({ experiment }) => values.get(experiment)!);
  const comparable = others.filter((other) => haveSameQueries(other, best!));
  if (!best || comparable.length === 0) return [];
  const pairs = comparable.map((other) => ({
    experiment: other.experiment,
    comparisons: compareExperiments(other, best),
  }));
  const { protocol } = group[0];
  return [
    html`<h3>${formatProtocolTitle(protocol)}</h3>
${renderTable({
  caption: `Difference to ${best.experiment}, over ${countUsers(best)} users, protocol \`${protocol.hash}\``,
  columns: [
    { title: 'experiment' },
    ...pairs[0]!.comparisons.flatMap(({ metric }) => [
      { title: metric, align: 'right' as const },
      { title: 'p', align: 'right' as const },
    ]),
  ],
  rows: pairs.map(({ experiment, comparisons }) => [
    experiment,
    ...comparisons.flatMap((each) => [formatSignedInterval(each), formatPValue(each)]),
  ]),
})}
${renderFigures(pairs[0]!.comparisons.map((_, at) => createForestFigure(best.experiment, pairs, at, protocol.hash)))}`,
  ];
}

const countUsers = ({ users, queryUsers }: QueryValues): number => new Set(queryUsers ?? users).size;

function createForestFigure(best: string, pairs: readonly Pair[], metric: number, hash: string): Figure {
  const names = shortenNames([...pairs.map(({ experiment }) => experiment), best]);
  const intervals = pairs.map(({ comparisons }, at) => {
    const { difference, interval } = comparisons[metric]!;
    return { category: names[at]!, x: difference, low: interval[0], high: interval[1] };
  });
  const { metric: name } = pairs[0]!.comparisons[metric]!;
  const certain = intervals.filter(({ low, high }) => low > 0 || high < 0).length;
  return {
    id: createId('pairs', hash, name),
    title: `${name}: difference to ${names.at(-1)!}`,
    description:
      intervals.length === 1
        ? `The interval ${certain === 1 ? 'excludes' : 'includes'} zero.`
        : `${certain} of ${intervals.length} intervals exclude zero.`,
    x: { label: `difference of ${name}` },
    series: [{ name, draw: 'intervals', intervals }],
    rules: [{ x: 0, label: 'no difference' }],
  };
}
