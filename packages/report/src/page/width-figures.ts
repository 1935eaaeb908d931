import { findLeaders } from '../decide-claim.js';
import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Point } from '../plots/figure.js';
import type { MetricResult, StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { describeWidth } from './describe-width.js';
import { createId, formatValue } from './names.js';
import { selectMetric } from './select-metric.js';

interface WidthLine {
  readonly name: string;
  readonly points: Point[];
  readonly results: MetricResult[];
}

/** Names the best width, unless others cannot be told from it. */
function describeWidths({ name, points, results }: WidthLine, metric: string): string {
  const [best, ...others] = findLeaders(metric, results).map((at) => points[at]!);
  const units = `${best!.x} units: ${formatValue(best!.y)}`;
  if (others.length === 0) return `${name} is best with ${units}.`;
  const widths = others.map(({ x }) => x).sort((one, other) => one - other);
  return `${name} is ahead with ${units}; it cannot be told from ${widths.join(', ')}.`;
}

/** Test metrics by width: a line per model through experiments that differ only in their widths. */
export function createWidthFigures(group: ResultGroup<StoredResult>): Figure[] {
  const metric = selectMetric(group[0]);
  const alike = new Map<string, WidthLine>();
  for (const result of group) {
    const { model, width, rest } = describeWidth(result) ?? {};
    if (model === undefined || width === undefined || rest === undefined) continue;
    const line = alike.get(rest) ?? { name: model, points: [], results: [] };
    line.points.push({ x: width, y: result.metrics[metric]!.mean });
    line.results.push(result.metrics[metric]!);
    alike.set(rest, line);
  }
  const lines = [...alike.values()].filter(({ points }) => points.length > 1);
  if (lines.length === 0) return [];
  const description = lines.map((line) => describeWidths(line, metric)).join(' ');
  for (const { points } of lines) points.sort(({ x: one }, { x: other }) => one - other);
  const widths = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
    (one, other) => one - other,
  );
  const { protocol } = group[0];
  return [
    {
      id: createId('width', protocol.hash),
      title: `${metric} against width, ${formatProtocolTitle(protocol)}`,
      description: `These trainings differ only in the width. ${description}`,
      x: { label: 'size of the code (units)', ticks: widths },
      y: { label: `${metric} (test)` },
      series: lines.map(({ name, points }) => ({ name, points, draw: 'line' })),
    },
  ];
}
