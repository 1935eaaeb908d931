import type { Figure, LinePoint } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import { renderFigure, renderHint, type Section } from './elements.js';
import { createEpochAxis } from './epoch-axis.js';
import { type Html, html } from './html.js';
import { createId, findBest, formatValue } from './names.js';

/** How the training of each row went: its loss, and what was measured on the validation part. */
export function renderCurvesSection(results: readonly StoredResult[]): Section {
  const trained = results.filter(({ runs }) => runs.some(({ losses }) => losses.length > 1));
  return {
    id: 'curves',
    title: 'Learning curves',
    body:
      trained.length === 0
        ? renderHint('No row here was trained for more than one epoch.')
        : html`<p>One line per seed. A ring marks the epoch whose weights were kept, where training stopped early; only then was the validation part measured after each epoch.</p>
<div class="figures">${trained.map(renderCurves)}</div>`,
  };
}

function renderCurves(result: StoredResult): Html {
  return html`${[
    createLossFigure(result),
    ...Object.keys(result.runs[0]?.validation ?? {})
      .slice(0, 1)
      .map((metric) => createValidationFigure(result, metric)),
  ].map(renderFigure)}`;
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
    description: `${loss} on the training part: ${formatValue(first)} after the first epoch, ${formatValue(last)} after the last, as means over ${formatSeedCount(runs.length)}.`,
    x: createEpochAxis(Math.max(...points.map(({ x }) => x))),
    y: { label: `${loss} (mean per query)` },
    series: [{ name: 'loss', draw: 'line', points }, ...markBestEpochs(runs, ({ losses }) => losses)],
    height: 200,
  };
}

/** A metric on the validation part by epoch, a line per seed. */
export function createValidationFigure({ experiment, runs }: StoredResult, metric: string): Figure {
  const points = runs.flatMap(({ seed, validation }) =>
    selectDefinedPoints(validation?.[metric] ?? []).map((point) => ({ ...point, run: seed })),
  );
  const best = findBest(points, ({ y }) => y, metric).y;
  return {
    id: createId('validation', experiment, metric),
    title: `${experiment}: ${metric}`,
    description: `${metric} on the validation part; the best is ${formatValue(best)}.`,
    x: createEpochAxis(Math.max(...points.map(({ x }) => x))),
    y: { label: `${metric} (validation)` },
    series: [
      { name: metric, draw: 'line', points },
      ...markBestEpochs(runs, ({ validation }) => validation?.[metric] ?? []),
    ],
    height: 200,
  };
}

/** Rings round the epochs whose weights were kept. */
function markBestEpochs(
  runs: StoredResult['runs'],
  valuesOf: (run: StoredResult['runs'][number]) => readonly (number | null)[],
): Extract<Figure['series'][number], { draw: 'points' }>[] {
  const points = runs.flatMap((run) => {
    const y = run.bestEpoch === undefined ? null : (valuesOf(run)[run.bestEpoch] ?? null);
    return y === null
      ? []
      : [{ x: run.bestEpoch!, y, note: `seed ${run.seed}, epoch ${run.bestEpoch}: ${formatValue(y)}` }];
  });
  return points.length === 0 ? [] : [{ name: 'kept', draw: 'points', hollow: true, points }];
}

/** Epochs that have a value. */
export function selectDefinedPoints(values: readonly (number | null)[]): LinePoint[] {
  return values.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
}

const formatSeedCount = (count: number): string => (count === 1 ? 'one seed' : `${count} seeds`);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
