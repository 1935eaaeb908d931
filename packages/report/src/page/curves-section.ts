import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, LinePoint } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { createEpochAxis } from './epoch-axis.js';
import { type Html, html } from './html.js';
import { createId, findBest, formatValue } from './names.js';
import { createProtocolCurves } from './protocol-curves.js';

/** Learning curves: the training loss, a validation and a test metric by epoch, a figure per protocol. */
export function renderCurvesSection(groups: readonly ResultGroup<StoredResult>[]): Section {
  const curves = groups.map((group) => ({ group, figures: createProtocolCurves(group) }));
  const drawn = curves.filter(({ figures }) => figures.length > 0);
  return {
    id: 'curves',
    title: 'Learning curves',
    body:
      drawn.length === 0
        ? renderHint('No experiment here was trained for more than one epoch.')
        : html`<p>${explanation}</p>
${drawn.map(({ group, figures }) => renderCurves(group, figures))}`,
  };
}

const explanation =
  'A line per experiment, as a mean over seeds. The experiments with the best means have colors, and are the same in ' +
  'all figures of a protocol; the title of a line names it. Metrics are drawn where the experiments evaluate a part ' +
  'after each epoch; nothing is chosen by those of the test data.';

function renderCurves([{ experiment, protocol }]: ResultGroup<StoredResult>, figures: readonly Figure[]): Html {
  return html`<div data-filter><h3>${experiment.split('/')[0]!}: ${formatProtocolTitle(protocol)}</h3>
${renderFigures(figures)}</div>`;
}

/** The training loss by epoch, a line per seed. */
export function createLossFigure({ experiment, runs, training }: StoredResult): Figure {
  const points = runs.flatMap(({ seed, losses }) => losses.map((y, x) => ({ x, y, run: seed })));
  const [first, last] = [
    average(runs.map(({ losses }) => losses[0]!)),
    average(runs.map(({ losses }) => losses.at(-1)!)),
  ];
  const loss = typeof training?.loss === 'string' ? training.loss : 'loss';
  return {
    id: createId('loss', experiment),
    title: `${experiment}: loss`,
    description: [
      `${loss} on the training data: ${formatValue(first)} after the first epoch,`,
      `${formatValue(last)} after the last (mean over ${formatSeedCount(runs.length)}).`,
    ].join(' '),
    x: createEpochAxis(Math.max(...points.map(({ x }) => x))),
    y: { label: `${loss} (mean per query)` },
    series: [{ name: 'loss', draw: 'line', points }, ...markBestEpochs(runs, ({ losses }) => losses)],
    height: 200,
  };
}

/** A metric by epoch, on the validation part or on a test part that is monitored: a line per seed. */
export function createEpochFigure(
  { experiment, runs }: StoredResult,
  metric: string,
  part: 'validation' | 'test',
): Figure {
  const points = runs.flatMap((run) =>
    selectDefinedPoints(run[part]?.[metric] ?? []).map((point) => ({ ...point, run: run.seed })),
  );
  const best = findBest(points, ({ y }) => y, metric).y;
  return {
    id: createId(part, experiment, metric),
    title: `${experiment}: ${metric}`,
    description: `${metric} on the ${part} data. The best value is ${formatValue(best)}.`,
    x: createEpochAxis(Math.max(...points.map(({ x }) => x))),
    y: { label: `${metric} (${part})` },
    series: [{ name: metric, draw: 'line', points }, ...markBestEpochs(runs, (run) => run[part]?.[metric] ?? [])],
    height: 200,
  };
}

/** Rings around the epochs whose weights were used. */
function markBestEpochs(
  runs: StoredResult['runs'],
  getValues: (run: StoredResult['runs'][number]) => readonly (number | null)[],
): Extract<Figure['series'][number], { draw: 'points' }>[] {
  const points = runs.flatMap((run) => {
    const y = run.bestEpoch === undefined ? null : (getValues(run)[run.bestEpoch] ?? null);
    return y === null
      ? []
      : [{ x: run.bestEpoch!, y, note: `seed ${run.seed}, epoch ${run.bestEpoch}: ${formatValue(y)}` }];
  });
  return points.length === 0 ? [] : [{ name: 'best epoch', draw: 'points', hollow: true, points }];
}

/** Points of the epochs that have a value. */
export function selectDefinedPoints(values: readonly (number | null)[]): LinePoint[] {
  return values.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
}

const formatSeedCount = (count: number): string => (count === 1 ? 'one seed' : `${count} seeds`);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
