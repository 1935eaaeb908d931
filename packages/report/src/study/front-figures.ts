import type { Figure, Point } from '../plots/figure.js';
import { formatObjective, shorten } from './format-numbers.js';
import { formatParameterValue, getParameter, type Parameter } from './parameters.js';
import type { StudyContent, StudyTrial } from './study-content.js';
import { drawnPoints, joinSentences, type StudyFigure, tableNames, tableRows } from './study-figure.js';
import { selectEvenly } from './thin-out.js';
import { getObjectiveName, getState, getValue, highlight, looks, rankTrials } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

const drawnPairs = 6;

/** Pareto front: the complete trials by two objectives; a figure per pair of objectives. */
export function createFrontFigures(
  study: StudyContent,
  parameters: readonly Parameter[],
  front: readonly number[],
  id: string,
): StudyFigure[] {
  const ranked = rankTrials(study, 0);
  if (ranked.length === 0) return [];
  const pairs = study.directions.flatMap((_, x) =>
    study.directions.slice(x + 1).map((__, after) => [x, x + 1 + after] as const),
  );
  return pairs
    .slice(0, drawnPairs)
    .map(([x, y], at) =>
      createFrontFigure(study, parameters, ranked, front, [x, y], pairs.length, `${id}${at === 0 ? '' : `-${at + 1}`}`),
    );
}

function createFrontFigure(
  study: StudyContent,
  parameters: readonly Parameter[],
  ranked: readonly StudyTrial[],
  front: readonly number[],
  [first, second]: readonly [number, number],
  pairs: number,
  id: string,
): StudyFigure {
  const onFront = new Set(front);
  const best = ranked.filter(({ number }) => onFront.has(number));
  const others = ranked.filter(({ number }) => !onFront.has(number));
  const broken = study.trials.filter(
    (trial) =>
      getState(trial) === 'infeasible' &&
      [first, second].every((objective) => getValue(trial, objective) !== undefined),
  );
  const [x, y] = [first, second].map((objective) =>
    createValueAxis(
      shorten(getObjectiveName(study, objective), 40),
      [...ranked, ...broken].map((trial) => getValue(trial, objective)!),
      study.directions[objective]!,
    ),
  ) as [ReturnType<typeof createValueAxis>, ReturnType<typeof createValueAxis>];
  const toPoint = (trial: StudyTrial): Point => ({
    x: x.place(getValue(trial, first)!),
    y: y.place(getValue(trial, second)!),
    note: `trial ${trial.number}: ${(trial.values ?? []).map(formatObjective).join(', ')}`,
  });
  const shownOthers = selectEvenly(others, drawnPoints);
  const shownFront = selectEvenly(best, drawnPoints);
  const series = [
    {
      name: 'infeasible',
      draw: 'points' as const,
      look: looks.failed,
      points: selectEvenly(broken, drawnPoints).map(toPoint),
    },
    { name: 'other trials', draw: 'points' as const, look: looks.infeasible, points: shownOthers.map(toPoint) },
    { name: 'Pareto front', draw: 'points' as const, look: highlight, points: shownFront.map(toPoint) },
  ].filter(({ points }) => points.length > 0);
  const [nameX, nameY] = [getObjectiveName(study, first), getObjectiveName(study, second)];
  return {
    figure: {
      id,
      title: `Pareto front: ${nameX} and ${nameY}`,
      description: joinSentences(
        `On the front: ${best.length} of ${ranked.length} complete trials. No other trial is as good as one of them ` +
          'in every objective and better in one.',
        `${nameX}: ${study.directions[first]}; ${nameY}: ${study.directions[second]}.`,
        pairs > drawnPairs ? `Shown are ${drawnPairs} of ${pairs} pairs of objectives.` : '',
        shownOthers.length < others.length ? `Of the others, ${shownOthers.length} are shown.` : '',
        shownFront.length < best.length ? `Of the front, ${shownFront.length} are shown.` : '',
        ...x.remarks.map((remark) => `${nameX}: ${remark}`),
        ...y.remarks.map((remark) => `${nameY}: ${remark}`),
      ),
      x: x.axis,
      y: y.axis,
      series: series as Figure['series'],
      height: 280,
    },
    table: createTable(study, parameters, best),
  };
}

function createTable(
  study: StudyContent,
  parameters: readonly Parameter[],
  front: readonly StudyTrial[],
): StudyFigure['table'] {
  const shown = front.slice(0, tableRows);
  return {
    caption: `Trials of the Pareto front${shown.length < front.length ? `, ${shown.length} of ${front.length}` : ''}`,
    columns: [
      { title: 'trial' },
      ...study.directions.map((_, at) => ({ title: getObjectiveName(study, at), align: 'right' as const })),
      ...parameters.map(({ name: parameter }) => ({ title: shorten(parameter, tableNames) })),
    ],
    rows: shown.map((trial) => [
      String(trial.number),
      ...study.directions.map((_, at) => formatObjective(getValue(trial, at)!)),
      ...parameters.map((parameter) => formatParameterValue(parameter, getParameter(trial, parameter))),
    ]),
  };
}
