import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Series } from '../plots/figure.js';
import { getMetricValues, haveSameQueries, type QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { findBaseline } from './find-baseline.js';
import { createId, findBest, formatValue, shortenNames } from './names.js';

/** Lines in a figure: the best models and the baseline. */
const shown = 6;
const groupCount = 5;

/** Queries of similar activity or popularity. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly queries: readonly number[];
}

/**
 * The metric of the best models of a protocol, and of the baseline, against the activity of users and against the
 * popularity of their test items; none without values per user that have both.
 */
export function createActivityFigures(
  group: ResultGroup<StoredResult>,
  values: ReadonlyMap<string, QueryValues>,
): Figure[] {
  const metric = selectHitMetric(group);
  const measured = group.filter(({ experiment }) => values.get(experiment)?.metrics[metric]);
  // All experiments on the same queries share the counts of one.
  const counted = measured
    .map(({ experiment }) => values.get(experiment)!)
    .find(({ activity, popularity }) => activity && popularity);
  if (!counted) return [];
  const comparable = measured.filter(({ experiment }) => haveSameQueries(values.get(experiment)!, counted));
  const baseline = findBaseline(comparable, metric);
  const best = comparable.toSorted((one, other) => other.metrics[metric]!.mean - one.metrics[metric]!.mean);
  const results = best.filter((result, at) => at < shown || result === baseline);
  const names = shortenNames(results.map(({ experiment }) => experiment));
  const own = results.map(({ experiment }) => getMetricValues(values.get(experiment)!, metric));
  const lines = names.map((name, at) => ({ name, values: own[at]! }));
  return [
    createBinFigure(lines, counted.activity!, group[0], metric, 'activity'),
    createBinFigure(lines, counted.popularity!, group[0], metric, 'popularity'),
  ].flatMap((figure) => figure ?? []);
}

/** Recall or hit rate if there is one, otherwise the first metric. */
function selectHitMetric([{ metrics }]: ResultGroup<StoredResult>): string {
  const names = Object.keys(metrics);
  return names.find((name) => /^(recall|hit-rate)/.test(name)) ?? names[0]!;
}

interface Line {
  readonly name: string;
  readonly values: Float64Array;
}

function createBinFigure(
  lines: readonly Line[],
  counts: readonly number[],
  { protocol }: StoredResult,
  metric: string,
  kind: 'activity' | 'popularity',
): Figure | undefined {
  const bins = createBins(counts);
  if (bins.length < 2) return undefined;
  const series = lines.map(
    ({ name, values }): Extract<Series, { draw: 'line' }> => ({
      name,
      draw: 'line',
      points: bins.flatMap(({ queries }, x) => {
        const defined = queries.map((query) => values[query]!).filter((value) => !Number.isNaN(value));
        return defined.length === 0 ? [] : [{ x, y: average(defined), note: `${name}: ${defined.length} queries` }];
      }),
    }),
  );
  const ends = series.flatMap(({ name, points }) => points.filter(({ x }) => x === 0).map(({ y }) => ({ name, y })));
  const lowest = findBest(ends, ({ y }) => y, metric);
  const [few, what] =
    kind === 'activity'
      ? ['the fewest interactions', 'interactions in the history']
      : ['the rarest test items', 'training interactions of the test items'];
  return {
    id: createId(kind, protocol.hash),
    title: `${metric} against ${kind}, ${formatProtocolTitle(protocol)}`,
    description: `For users with ${few}, ${lowest.name} is best: ${formatValue(lowest.y)}.`,
    x: {
      label: what,
      domain: [-0.4, bins.length - 0.6], // room for the labels at both ends
      ticks: bins.map((_, bin) => bin),
      format: (bin) => formatRange(bins[bin]!),
    },
    y: { label: metric },
    series,
  };
}

/** Groups queries by count, of about equal size; queries with equal counts stay together. */
export function createBins(counts: readonly number[]): Bin[] {
  const order = counts.map((_, query) => query).sort((one, other) => counts[one]! - counts[other]! || one - other);
  const bins: number[][] = [];
  let next = 0;
  for (let bin = 0; bin < groupCount && next < order.length; bin++) {
    let end = Math.max(next + 1, Math.round(((bin + 1) * order.length) / groupCount));
    while (end < order.length && counts[order[end]!] === counts[order[end - 1]!]) end += 1;
    bins.push(order.slice(next, end));
    next = end;
  }
  return bins.map((queries) => ({ from: counts[queries[0]!]!, to: counts[queries.at(-1)!]!, queries }));
}

function formatRange({ from, to }: Bin): string {
  const [first, last] = [from, to].map((count) => String(Math.round(count)));
  return first === last ? first! : `${first}–${last}`;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
