import type { Figure, Point } from '../plots/figure.js';
import { formatObjective, formatParameter, shorten } from './format-numbers.js';
import { formatParameterValue, formatRange, getParameter, type Parameter, toNumber } from './parameters.js';
import type { StudyContent, StudyTrial } from './study-content.js';
import { drawnPoints, joinSentences, type StudyFigure } from './study-figure.js';
import { describeSelection, selectEvenly, thinOut } from './thin-out.js';
import { createAxis } from './ticks.js';
import { getObjectiveName, getState, getValue, highlight, looks, rankTrials } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

/** Choices beyond have no row in the figure; the table shows them. */
const drawnChoices = 16;
const labelLength = 22;

/** Slice: the objective values of the trials by one parameter. Choices are rows, other parameters the x axis. */
export function createSliceFigure(
  study: StudyContent,
  objective: number,
  parameter: Parameter,
  id: string,
): StudyFigure | undefined {
  const has = (trial: StudyTrial): boolean => toNumber(parameter, getParameter(trial, parameter)) !== undefined;
  const all = rankTrials(study, objective);
  const ranked = all.filter(has);
  const [best] = ranked;
  if (!best) return undefined;
  const pruned = study.trials.filter(
    (trial) => getState(trial) === 'pruned' && has(trial) && getValue(trial, objective) !== undefined,
  );
  const name = getObjectiveName(study, objective);
  const values = createValueAxis(
    shorten(name, 40),
    [...ranked, ...pruned].map((trial) => getValue(trial, objective)!),
    study.directions[objective]!,
  );
  const rows = parameter.kind === 'categorical' ? orderChoices(parameter, ranked).slice(0, drawnChoices) : undefined;
  const toPoint = (trial: StudyTrial): Point[] => {
    const value = toNumber(parameter, getParameter(trial, parameter))!;
    const place = values.place(getValue(trial, objective)!);
    const text = `trial ${trial.number}: ${formatObjective(getValue(trial, objective)!)}`;
    const note = `${text} at ${formatParameterValue(parameter, getParameter(trial, parameter))}`;
    if (!rows) return [{ x: value, y: place, note }];
    const row = rows.indexOf(value);
    return row < 0 ? [] : [{ x: place, y: row + spread(trial.number), note }];
  };

  const shown = thinOut(ranked, drawnPoints);
  const middle = study.trials.length / 2;
  const groups = [
    { name: 'first half of the trials', look: looks.infeasible, trials: shown.filter(({ number }) => number < middle) },
    { name: 'second half', look: looks.complete, trials: shown.filter(({ number }) => number >= middle) },
    { name: 'pruned', look: looks.pruned, trials: selectEvenly(pruned, drawnPoints / 2) },
  ];
  const series: Figure['series'][number][] = groups
    .map(({ trials, ...group }) => ({ ...group, draw: 'points' as const, points: trials.flatMap(toPoint) }))
    .filter(({ points }) => points.length > 0);
  series.push({
    name: `best: trial ${best.number}`,
    draw: 'points',
    hollow: true,
    look: highlight,
    points: toPoint(best),
  });

  const bestValue = formatParameterValue(parameter, getParameter(best, parameter));
  return {
    figure: {
      id,
      title: `${name} by ${parameter.name}`,
      description: joinSentences(
        `Range: ${formatRange(parameter)}. Best at ${bestValue}.`,
        ranked.length < all.length ? `${ranked.length} of ${all.length} complete trials have this parameter.` : '',
        ...describeSelection(shown.length, ranked.length, 'complete trials'),
        rows && parameter.kind === 'categorical' && rows.length < parameter.choices.length
          ? `Shown are the ${rows.length} best of ${parameter.choices.length} choices; the table has all.`
          : '',
        ...values.remarks,
      ),
      ...(rows && parameter.kind === 'categorical'
        ? { x: values.axis, y: createChoiceAxis(parameter.labels, rows), height: 64 + 26 * rows.length }
        : { x: createParameterAxis(parameter), y: values.axis }),
      series,
    },
    table: createTable(study, objective, parameter, ranked),
  };
}

function createParameterAxis(parameter: Parameter): Figure['x'] {
  const { low, high, log, kind } = parameter as Exclude<Parameter, { kind: 'categorical' }>;
  const axis = createAxis(shorten(parameter.name, 50), low, high, log ? 'log' : 'linear');
  return kind === 'integer' ? { ...axis, ticks: axis.ticks!.filter(Number.isInteger), format: formatParameter } : axis;
}

/** Choices from the top down. */
function createChoiceAxis(labels: readonly string[], rows: readonly number[]): NonNullable<Figure['y']> {
  return {
    label: '',
    domain: [rows.length - 0.5, -0.5],
    ticks: [...rows.keys()],
    format: (row) => shorten(labels[rows[row]!]!, labelLength),
  };
}

/** Numbers of the choices: in their order, or of many those with the best values first. */
function orderChoices(parameter: Extract<Parameter, { kind: 'categorical' }>, ranked: readonly StudyTrial[]): number[] {
  const all = [...parameter.choices.keys()];
  if (all.length <= drawnChoices) return all;
  const used = ranked.map((trial) => toNumber(parameter, getParameter(trial, parameter))!);
  return [...new Set([...used, ...all])];
}

/** Moves points of one row apart, by the golden ratio, so that neighboring trials are far from each other. */
const spread = (number: number): number => (((number * 0.618034) % 1) - 0.5) * 0.5;

interface Part {
  readonly name: string;
  readonly trials: readonly StudyTrial[];
}

function createTable(
  study: StudyContent,
  objective: number,
  parameter: Parameter,
  ranked: readonly StudyTrial[],
): StudyFigure['table'] {
  const parts = parameter.kind === 'categorical' ? splitByChoice(parameter, ranked) : splitByRange(parameter, ranked);
  const name = getObjectiveName(study, objective);
  return {
    caption: `${name} of the complete trials by ${parameter.name}`,
    columns: [
      { title: parameter.name },
      { title: 'trials', align: 'right' },
      { title: `best ${name}`, align: 'right' },
      { title: `median ${name}`, align: 'right' },
    ],
    rows: parts.map(({ name: part, trials }) => {
      const values = trials.map((trial) => formatObjective(getValue(trial, objective)!)); // best first
      return [part, String(trials.length), values[0] ?? '–', values[Math.floor((values.length - 1) / 2)] ?? '–'];
    }),
  };
}

function splitByChoice(parameter: Extract<Parameter, { kind: 'categorical' }>, ranked: readonly StudyTrial[]): Part[] {
  return parameter.labels.map((name, at) => ({
    name,
    trials: ranked.filter((trial) => toNumber(parameter, getParameter(trial, parameter)) === at),
  }));
}

/** A part per value where there are few, otherwise eight equal parts of the range. */
function splitByRange(parameter: Exclude<Parameter, { kind: 'categorical' }>, ranked: readonly StudyTrial[]): Part[] {
  const getNumber = (trial: StudyTrial): number => toNumber(parameter, getParameter(trial, parameter))!;
  const distinct = [...new Set(ranked.map(getNumber))].sort((one, other) => one - other);
  if (distinct.length <= 8)
    return distinct.map((value) => ({
      name: formatParameter(value),
      trials: ranked.filter((trial) => getNumber(trial) === value),
    }));
  const scale = parameter.log ? Math.log : (value: number): number => value / 2;
  const [low, high] = [scale(parameter.low), scale(parameter.high)];
  const unscale = parameter.log ? Math.exp : (value: number): number => 2 * value;
  const ends = Array.from({ length: 9 }, (_, at) =>
    at === 0 ? parameter.low : at === 8 ? parameter.high : unscale(low + ((high - low) * at) / 8),
  );
  return ends.slice(1).map((end, at) => ({
    name: `${formatParameter(ends[at])} … ${formatParameter(end)}`,
    trials: ranked.filter((trial) => {
      const value = getNumber(trial);
      return (at === 0 || value >= ends[at]!) && (at === 7 || value < end);
    }),
  }));
}
