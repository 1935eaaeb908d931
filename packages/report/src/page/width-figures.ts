import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Point } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { describeWidth } from './describe-width.js';
import { createId, findBest, formatValue } from './names.js';
import { selectMetric } from './select-metric.js';

/** Test metrics by width: a line per model through experiments that differ only in their widths. */
export function createWidthFigures(group: ResultGroup<StoredResult>): Figure[] {
  const metric = selectMetric(group[0]);
  const alike = new Map<string, { readonly name: string; readonly points: Point[] }>();
  for (const result of group) {
    const { model, width, rest } = describeWidth(result) ?? {};
    if (model === undefined || width === undefined || rest === undefined) continue;
    const line = alike.get(rest) ?? { name: model, points: [] };
    line.points.push({ x: width, y: result.metrics[metric]!.mean });
    alike.set(rest, line);
  }
  const lines = [...alike.values()].filter(({ points }) => points.length > 1);
  for (const { points } of lines) points.sort(({ x: one }, { x: other }) => one - other);
  if (lines.length === 0) return [];
  const best = lines.map(({ name, points }) => ({ name, ...findBest<Point>(points, ({ y }) => y, metric) }));
  const widths = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
    (one, other) => one - other,
  );
  const { protocol } = group[0];
  return [
    {
      id: createId('width', protocol.hash),
      title: `${metric} against width, ${formatProtocolTitle(protocol)}`,
      description: [
        'These trainings differ only in the width.',
        ...best.map(({ name, x, y }) => `${name} is best with ${x} units: ${formatValue(y)}.`),
      ].join(' '),
      x: { label: 'size of the code (units)', ticks: widths },
      y: { label: `${metric} (test)` },
      series: lines.map((line) => ({ ...line, draw: 'line' })),
    },
  ];
}
