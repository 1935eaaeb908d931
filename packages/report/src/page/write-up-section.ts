import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, Point, Rule } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { chooseScale } from './choose-scale.js';
import { selectDefinedPoints } from './curves-section.js';
import { describeWidth } from './describe-width.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { createEpochAxis } from './epoch-axis.js';
import { type Html, html } from './html.js';
import { createId, findBest, formatValue, isErrorMetric, shortenNames } from './names.js';

/** The figures of the write-up on variational autoencoders, for each protocol with the data that they need. */
export function renderWriteUpSection(groups: readonly ResultGroup<StoredResult>[]): Section {
  return {
    id: 'autoencoders',
    title: 'Penalty, width and loss',
    body: html`<p>The analyses of the write-up on Mult-VAE and Mult-DAE, for all experiments with the data that they need.</p>
<h3>NDCG against β</h3>
<p>At which weight β of the KL divergence is the validation metric best? (Figure 2 of the write-up.)</p>
${renderFiguresOrHint(groups.flatMap(createPenaltyFigures), 'No experiment here has a penalty with a schedule. Run one: `footlight run mult-vae/latest-small-vae`.')}
<h3>NDCG against width</h3>
<p>Is a wider network better? (Figure 3 of the write-up.)</p>
${renderFiguresOrHint(groups.flatMap(createWidthFigures), 'No autoencoders of different widths are here. Run two: `footlight run mult-vae/ml-1m-grid-50-dae mult-vae/ml-1m-grid-100-dae`.')}
<h3>Metric against loss</h3>
<p>Does the model with the lowest loss have the best metric? (Figure 4 of the write-up.) Losses are training losses, and a figure contains only experiments with the same loss.</p>
${renderFiguresOrHint([...groups.flatMap(createEpochLossFigures), ...groups.flatMap(createRunLossFigures)], 'No experiment here was trained. Run one: `footlight run latest-small/factorization-bpr`.')}`,
  };
}

function renderFiguresOrHint(contents: readonly Figure[], hint: string): Html {
  return contents.length === 0 ? renderHint(hint) : renderFigures(contents);
}

/** Validation metrics of the first seed by epoch, with the penalty weight above: one figure per schedule of the weight. */
export function createPenaltyFigures(group: ResultGroup<StoredResult>): Figure[] {
  const schedules: { readonly weights: readonly number[]; readonly rows: StoredResult[] }[] = [];
  const annealed = group
    .filter(({ runs: [run] }) => run?.penaltyWeights && run.validation)
    .sort((one, other) => getPenaltyWeights(other).length - getPenaltyWeights(one).length);
  for (const result of annealed) {
    const same = schedules.find(({ weights }) =>
      getPenaltyWeights(result).every((weight, epoch) => Math.abs(weight - weights[epoch]!) < 1e-9),
    );
    if (same) same.rows.push(result);
    else schedules.push({ weights: getPenaltyWeights(result), rows: [result] });
  }
  return schedules.map(({ weights, rows }, number) => createPenaltyFigure(group, weights, rows, number));
}

/** More vertical lines than these would hide the curves; rings mark the same epochs. */
const maxRules = 4;

const getPenaltyWeights = ({ runs: [run] }: StoredResult): readonly number[] => run?.penaltyWeights ?? [];

function createPenaltyFigure(
  { 0: { protocol } }: ResultGroup<StoredResult>,
  weights: readonly number[],
  rows: readonly StoredResult[],
  number: number,
): Figure {
  const metric = selectMetric(rows[0]!);
  const names = shortenNames(rows.map(({ experiment }) => experiment));
  const lines = rows.map(({ runs: [run] }, at) => ({
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

/** NDCG on the validation data if there is one, otherwise the first metric. */
function selectMetric({ runs: [run], metrics }: StoredResult): string {
  const names = Object.keys(run?.validation ?? metrics);
  return names.find((name) => name.startsWith('ndcg')) ?? names[0]!;
}

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
      description: `These trainings differ only in the width. ${best.map(({ name, x, y }) => `${name} is best with ${x} units: ${formatValue(y)}.`).join(' ')}`,
      x: { label: 'size of the code (units)', ticks: widths },
      y: { label: `${metric} (test)` },
      series: lines.map((line) => ({ ...line, draw: 'line' })),
    },
  ];
}

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

/** Validation metrics against the training loss: a point per epoch of the first seed, a figure per metric. */
export function createEpochLossFigures(group: ResultGroup<StoredResult>): Figure[] {
  return groupByLoss(group).flatMap(({ loss, results }) => {
    const measured = results.filter(({ runs: [run] }) => run?.validation);
    return Object.keys(measured[0]?.runs[0]?.validation ?? {}).map((metric) => {
      const points = ({ runs: [run] }: StoredResult): Point[] =>
        selectDefinedPoints(run!.validation![metric] ?? []).map(({ x: epoch, y }) => ({
          x: run!.losses[epoch]!,
          y,
          note: `epoch ${epoch}`,
        }));
      return createScatterFigure(group, measured, points, { metric, part: 'validation', loss, each: 'epoch' });
    });
  });
}

/** A test metric against the training loss: a point per run, with the loss of its evaluated epoch. */
export function createRunLossFigures(group: ResultGroup<StoredResult>): Figure[] {
  return groupByLoss(group).flatMap(({ loss, results }) => {
    if (results.length < 2) return [];
    const metric = selectMetric({ ...results[0]!, runs: [] });
    const points = ({ runs, metrics }: StoredResult): Point[] =>
      runs.map(({ seed, losses, bestEpoch }, at) => ({
        x: losses[bestEpoch ?? losses.length - 1]!,
        y: metrics[metric]!.values[at]!,
        note: `seed ${seed}`,
      }));
    return [createScatterFigure(group, results, points, { metric, part: 'test', loss, each: 'run' })];
  });
}

interface Scatter {
  readonly metric: string;
  readonly part: 'validation' | 'test';
  readonly loss: string;
  readonly each: 'epoch' | 'run';
}

function createScatterFigure(
  { 0: { protocol } }: ResultGroup<StoredResult>,
  results: readonly StoredResult[],
  getPoints: (row: StoredResult) => Point[],
  { metric, part, loss, each }: Scatter,
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
    title: `${metric} (${part}) against loss, ${formatProtocolTitle(protocol)}`,
    description: `A point per ${each}${each === 'epoch' ? ' of the first seed' : ''}. At the lowest loss (${formatValue(lowest.x)}, ${lowest.name}) the metric is ${formatValue(lowest.y)}. The best value${smaller} is ${formatValue(best.y)} (${best.name}), at a loss of ${formatValue(best.x)}.`,
    x: { label: `loss: ${loss} (mean per query)`, scale: chooseScale(all.map(({ x }) => x)) },
    y: { label: `${metric} (${part})`, scale: chooseScale(all.map(({ y }) => y)) },
    series,
  };
}
