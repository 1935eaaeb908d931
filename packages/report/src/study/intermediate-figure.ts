import type { Figure, LinePoint } from '../plots/figure.js';
import { formatObjective, shorten } from './format-numbers.js';
import type { StudyContent, StudyTrial } from './study-content.js';
import { joinSentences, type StudyFigure, tableRows } from './study-figure.js';
import { describeSelection, selectEvenly, thinOut } from './thin-out.js';
import { createCountAxis } from './ticks.js';
import { getObjectiveName, getState, highlight, looks, rankTrials, type ShownState } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

const drawnLines = 60;
const pointsPerLine = 100;

interface Curve {
  readonly trial: StudyTrial;
  readonly state: ShownState;
  /** Reports by step, without those that are NaN. */
  readonly reports: readonly (readonly [step: number, value: number])[];
}

/** Intermediate values: what the trials reported, by step; pruned trials are told apart. */
export function createIntermediateFigure(study: StudyContent, id: string): StudyFigure | undefined {
  const curves = readCurves(study);
  if (curves.length === 0 || study.directions.length > 1) return undefined;
  const best = rankTrials(study, 0)[0];
  const name = getObjectiveName(study, 0);
  const axis = createValueAxis(
    shorten(name, 40),
    curves.flatMap(({ reports }) => reports.map(([, value]) => value)),
    study.directions[0]!,
  );
  const shown = selectCurves(study, curves);
  const toPoints = ({ trial, state, reports }: Curve): LinePoint[] =>
    selectEvenly(reports, pointsPerLine).map(([x, value]) => ({
      x,
      y: axis.place(value),
      run: trial.number,
      note: `trial ${trial.number}, ${state}`,
    }));
  const emphasis = shown.length > 12 ? 'faint' : 'normal';
  const series: Figure['series'][number][] = [];
  for (const state of ['failed', 'infeasible', 'complete', 'running', 'pruned'] as const) {
    const own = shown.filter((curve) => curve.state === state && curve.trial !== best);
    if (own.length === 0) continue;
    series.push({ name: state, draw: 'line', look: looks[state], emphasis, points: own.flatMap(toPoints) });
    if (state === 'pruned') series.push(markEnds(own, axis.place));
  }
  const bestCurve = shown.find(({ trial }) => trial === best);
  if (bestCurve)
    series.push({
      name: `best: trial ${best!.number}`,
      draw: 'line',
      solid: true,
      look: highlight,
      emphasis: 'strong',
      points: toPoints(bestCurve),
    });
  const count = (state: ShownState): number => curves.filter((curve) => curve.state === state).length;
  return {
    figure: {
      id,
      title: `Intermediate values: ${name}`,
      description: joinSentences(
        `What ${curves.length === 1 ? 'one trial' : `${curves.length} trials`} reported by step.`,
        count('pruned') === 0
          ? ''
          : count('pruned') === 1
            ? 'One of them was pruned.'
            : `${count('pruned')} of them were pruned.`,
        ...describeSelection(shown.length, curves.length, 'trials with reports'),
        ...axis.remarks,
      ),
      x: createCountAxis('step', Math.max(...curves.map(({ reports }) => reports.at(-1)![0]))),
      y: axis.axis,
      series,
    },
    table: createTable(curves, shown, name, study.directions[0]!),
  };
}

function readCurves({ trials }: StudyContent): Curve[] {
  return trials.flatMap((trial) => {
    const reports = [...trial.intermediate]
      .filter(([step, value]) => Number.isFinite(step) && typeof value === 'number' && !Number.isNaN(value))
      .sort(([one], [other]) => one - other);
    return reports.length === 0 ? [] : [{ trial, state: getState(trial), reports }];
  });
}

/** Of many curves: the best half of the complete ones and an even selection of the others. */
function selectCurves(study: StudyContent, curves: readonly Curve[]): readonly Curve[] {
  if (curves.length <= drawnLines) return curves;
  const ranks = new Map(rankTrials(study, 0).map((trial, rank) => [trial, rank]));
  const getRank = ({ trial }: Curve): number => ranks.get(trial) ?? curves.length + trial.number;
  return thinOut(
    [...curves].sort((one, other) => getRank(one) - getRank(other)),
    drawnLines,
  );
}

function markEnds(pruned: readonly Curve[], place: (value: number) => number): Figure['series'][number] {
  return {
    name: 'pruned here',
    draw: 'points',
    look: looks.pruned,
    points: pruned.map(({ trial, reports }) => {
      const [x, value] = reports.at(-1)!;
      return { x, y: place(value), note: `trial ${trial.number}, pruned after step ${x}: ${formatObjective(value)}` };
    }),
  };
}

function createTable(
  all: readonly Curve[],
  shown: readonly Curve[],
  name: string,
  direction: 'minimize' | 'maximize',
): StudyFigure['table'] {
  const listed = shown.slice(0, tableRows);
  const better = direction === 'minimize' ? Math.min : Math.max;
  return {
    caption:
      listed.length === all.length
        ? `Reports of ${name} by trial`
        : `Reports of ${name} by trial, of ${listed.length} of ${all.length} trials with reports`,
    columns: [
      { title: 'trial' },
      { title: 'state' },
      { title: 'reports', align: 'right' },
      { title: 'first', align: 'right' },
      { title: 'best', align: 'right' },
      { title: 'last', align: 'right' },
      { title: 'last step', align: 'right' },
    ],
    rows: listed.map(({ trial, state, reports }) => [
      String(trial.number),
      state,
      String(reports.length),
      formatObjective(reports[0]![1]),
      formatObjective(reports.map(([, value]) => value).reduce((one, other) => better(one, other))),
      formatObjective(reports.at(-1)![1]),
      String(reports.at(-1)![0]),
    ]),
  };
}
