import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Point, Rule } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { selectDefinedPoints } from './curves-section.js';
import { createEpochAxis } from './epoch-axis.js';
import { createId, findBest, formatValue, shortenNames } from './names.js';
import { selectMetric } from './select-metric.js';

/**
 * Validation metrics of the first seed by epoch, with the penalty weight above: a figure per schedule of weights.
 * Weights that are the same in all epochs make no figure.
 */
export function createPenaltyFigures(group: ResultGroup<StoredResult>): Figure[] {
  const schedules: { readonly weights: readonly number[]; readonly results: StoredResult[] }[] = [];
  const annealed = group
    .filter(({ runs: [run] }) => run?.validation && new Set(run.penaltyWeights).size > 1)
    .sort((one, other) => getPenaltyWeights(other).length - getPenaltyWeights(one).length);
  for (const result of annealed) {
    const same = schedules.find(({ weights }) =>
      getPenaltyWeights(result).every((weight, epoch) => Math.abs(weight - weights[epoch]!) < 1e-9),
    );
    if (same) same.results.push(result);
    else schedules.push({ weights: getPenaltyWeights(result), results: [result] });
  }
  return schedules.map(({ weights, results }, number) => createPenaltyFigure(group, weights, results, number));
}

/** More vertical lines than these would hide the curves; rings mark the same epochs. */
const maxRules = 4;

const getPenaltyWeights = ({ runs: [run] }: StoredResult): readonly number[] => run?.penaltyWeights ?? [];

function createPenaltyFigure(
  { 0: { protocol } }: ResultGroup<StoredResult>,
  weights: readonly number[],
  results: readonly StoredResult[],
  number: number,
): Figure {
  const metric = selectMetric(results[0]!);
  const names = shortenNames(results.map(({ experiment }) => experiment));
  const lines = results.map(({ runs: [run] }, at) => ({
    name: names[at]!,
    points: selectDefinedPoints(run!.validation![metric] ?? []),
  }));
  const best = lines.map(({ name, points }) => ({ name, ...findBest<Point>(points, ({ y }) => y, metric) }));
  const weightAt = (epoch: number) => (weights[epoch] ?? 0).toFixed(2);
  const rings = { name: 'best', draw: 'points', hollow: true, points: best.map(({ x, y }) => ({ x, y })) } as const;
  const rules = [...new Set(best.map(({ x }) => x))].map((x): Rule => ({ x, label: `β ${weightAt(x)}` }));
  const last = weights.length - 1;
  const ticks = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last)))];
  return {
    id: createId('penalty', protocol.hash, String(number)),
    title: `${metric} against β up to ${weightAt(last)}, ${formatProtocolTitle(protocol)}`,
    description: best
      .map(({ name, x, y }) => `${name}: best after epoch ${x} at β = ${weightAt(x)}, ${formatValue(y)}.`)
      .join(' '),
    x: createEpochAxis(last),
    y: { label: `${metric} (validation)` },
    top: { label: 'β', ticks: ticks.map((at) => ({ at, text: weightAt(at) })) },
    series: [...lines.map((line) => ({ ...line, draw: 'line' as const })), rings],
    ...(rules.length > maxRules ? {} : { rules }),
    height: 290,
  };
}
