import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Point } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { chooseScale } from './choose-scale.js';
import { selectDefinedPoints } from './curves-section.js';
import { createId, findBest, formatValue, isErrorMetric, shortenNames } from './names.js';
import { selectMetric } from './select-metric.js';

interface SameLoss {
  readonly loss: string;
  readonly results: StoredResult[];
}

/** Groups results by loss function, including the penalty: only equal functions are comparable. */
function groupByLoss(group: ResultGroup<StoredResult>): SameLoss[] {
  const losses = new Map<string, SameLoss>();
  for (const result of group) {
    const { training, runs } = result;
    if (typeof training?.loss !== 'string' || runs.every(({ losses }) => losses.length === 0)) continue;
    const penalty = runs[0]!.penaltyWeights !== undefined;
    const key = JSON.stringify([training.loss, penalty, training.penalty]);
    const same = losses.get(key) ?? { loss: penalty ? `${training.loss} + β · penalty` : training.loss, results: [] };
    same.results.push(result);
    losses.set(key, same);
  }
  return [...losses.values()];
}

/**
 * Validation metrics against the loss of the validation part: a point per epoch of the first seed, a figure per metric.
 * Results without that loss are drawn against the training loss, in figures of their own.
 */
export function createEpochLossFigures(group: ResultGroup<StoredResult>): Figure[] {
  return groupByLoss(group).flatMap(({ loss, results }) => {
    const measured = results.filter(({ runs: [run] }) => run?.validation);
    return splitByPart(measured, ({ validationLosses }) => validationLosses !== undefined).flatMap(([lossPart, own]) =>
      createEpochFigures(group, own, loss, lossPart === 'evaluated' ? 'validation' : 'training'),
    );
  });
}

function createEpochFigures(
  group: ResultGroup<StoredResult>,
  measured: readonly StoredResult[],
  loss: string,
  lossPart: 'validation' | 'training',
): Figure[] {
  return Object.keys(measured[0]?.runs[0]?.validation ?? {}).map((metric) => {
    const points = ({ runs: [run] }: StoredResult): Point[] =>
      selectDefinedPoints(run!.validation![metric] ?? []).map(({ x: epoch, y }) => ({
        x: (lossPart === 'validation' ? run!.validationLosses![epoch] : undefined) ?? run!.losses[epoch]!,
        y,
        note: `epoch ${epoch}`,
      }));
    return createScatterFigure(group, measured, points, { metric, part: 'validation', loss, lossPart, each: 'epoch' });
  });
}

/** Results whose runs all have a loss of the held-out part, and the others. */
function splitByPart(
  results: readonly StoredResult[],
  isEvaluated: (run: StoredResult['runs'][number]) => boolean,
): (readonly ['evaluated' | 'trained', StoredResult[]])[] {
  const parts = [
    ['evaluated', results.filter(({ runs }) => runs.every(isEvaluated))],
    ['trained', results.filter(({ runs }) => !runs.every(isEvaluated))],
  ] as const;
  return parts.filter(([, own]) => own.length > 0);
}

/**
 * A test metric against the loss of the test part: a point per run, with the loss of its evaluated epoch. Results
 * without that loss are drawn against the training loss, in a figure of their own.
 */
export function createRunLossFigures(group: ResultGroup<StoredResult>): Figure[] {
  return groupByLoss(group).flatMap(({ loss, results }) => {
    return splitByPart(results, ({ testLoss }) => testLoss !== undefined).flatMap(([lossPart, own]) =>
      createRunFigures(group, own, loss, lossPart === 'evaluated' ? 'test' : 'training'),
    );
  });
}

function createRunFigures(
  group: ResultGroup<StoredResult>,
  results: readonly StoredResult[],
  loss: string,
  lossPart: 'test' | 'training',
): Figure[] {
  if (results.length < 2) return [];
  const metric = selectMetric({ ...results[0]!, runs: [] });
  const points = ({ runs, metrics }: StoredResult): Point[] =>
    runs.map(({ seed, losses, bestEpoch, testLoss }, at) => ({
      x: (lossPart === 'test' ? testLoss : undefined) ?? losses[bestEpoch ?? losses.length - 1]!,
      y: metrics[metric]!.values[at]!,
      note: `seed ${seed}`,
    }));
  return [createScatterFigure(group, results, points, { metric, part: 'test', loss, lossPart, each: 'run' })];
}

interface Scatter {
  readonly metric: string;
  readonly part: 'validation' | 'test';
  readonly loss: string;
  /** The part whose loss is drawn. */
  readonly lossPart: 'training' | 'validation' | 'test';
  readonly each: 'epoch' | 'run';
}

function createScatterFigure(
  { 0: { protocol } }: ResultGroup<StoredResult>,
  results: readonly StoredResult[],
  getPoints: (result: StoredResult) => Point[],
  { metric, part, loss, lossPart, each }: Scatter,
): Figure {
  const names = shortenNames(results.map(({ experiment }) => experiment));
  const series = results.map((result, at) => ({
    name: names[at]!,
    draw: 'points' as const,
    points: getPoints(result),
  }));
  const all = series.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })));
  const lowest = findBest(all, ({ x }) => -x, 'loss');
  const best = findBest(all, ({ y }) => y, metric);
  const smaller = isErrorMetric(metric) ? ' (smaller is better)' : '';
  return {
    id: createId(metric, 'and-loss', each, results[0]!.experiment),
    title: `${metric} (${part}) against ${lossPart} loss, ${formatProtocolTitle(protocol)}`,
    description: [
      `A point per ${each}${each === 'epoch' ? ' of the first seed' : ''}.`,
      `At the lowest loss (${formatValue(lowest.x)}, ${lowest.name}) the metric is ${formatValue(lowest.y)}.`,
      `The best value${smaller} is ${formatValue(best.y)} (${best.name}), at a loss of ${formatValue(best.x)}.`,
    ].join(' '),
    x: { label: `${lossPart} loss: ${loss} (mean per query)`, scale: chooseScale(all.map(({ x }) => x)) },
    y: { label: `${metric} (${part})`, scale: chooseScale(all.map(({ y }) => y)) },
    series,
  };
}
