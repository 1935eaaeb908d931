import type { Figure, LinePoint } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import { renderFigure, renderHint, type Section } from './elements.js';
import { createEpochAxis } from './epoch-axis.js';
import { type Html, html } from './html.js';
import { createId, findBest, formatValue } from './names.js';

/** Learning curves: the training loss and the first validation metric of each experiment, by epoch. */
export function renderCurvesSection(results: readonly StoredResult[]): Section {
  const trained = results.filter(({ runs }) => runs.some(({ losses }) => losses.length > 1));
  return {
    id: 'curves',
    title: 'Learning curves',
    body:
      trained.length === 0
        ? renderHint('No experiment here was trained for more than one epoch.')
        : html`<p>One line per seed. ${explanation}</p>
<div class="figures">${trained.map(renderCurves)}</div>`,
  };
}

const explanation =
  'Where training stopped early, a ring marks the epoch whose weights were used; ' +
  'only then were the validation data evaluated after each epoch.';

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

/** A validation metric by epoch, a line per seed. */
export function createValidationFigure({ experiment, runs }: StoredResult, metric: string): Figure {
  const points = runs.flatMap(({ seed, validation }) =>
    selectDefinedPoints(validation?.[metric] ?? []).map((point) => ({ ...point, run: seed })),
  );
  const best = findBest(points, ({ y }) => y, metric).y;
  return {
    id: createId('validation', experiment, metric),
    title: `${experiment}: ${metric}`,
    description: `${metric} on the validation data. The best value is ${formatValue(best)}.`,
    x: createEpochAxis(Math.max(...points.map(({ x }) => x))),
    y: { label: `${metric} (validation)` },
    series: [
      { name: metric, draw: 'line', points },
      ...markBestEpochs(runs, ({ validation }) => validation?.[metric] ?? []),
    ],
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
