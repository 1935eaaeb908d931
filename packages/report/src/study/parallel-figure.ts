// structure: one figure: its groups, its scales and its table
import type { ParallelScale, Series } from '../plots/figure.js';
import { formatObjective, formatParameter, shorten } from './format-numbers.js';
import { formatParameterValue, getParameter, type Parameter, toNumber } from './parameters.js';
import type { StudyContent, StudyTrial } from './study-content.js';
import { joinSentences, type StudyFigure, tableNames, tableRows } from './study-figure.js';
import { selectEvenly } from './thin-out.js';
import { getObjectiveName, highlight, looks, rankTrials } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

const drawnScales = 16;
const labelLength = 50;
/** Where trials without a parameter are, and where its range begins then. */
const absent = 0.02;
const afterAbsent = 0.16;

/** A scale and the position of each trial on it; `undefined` where a trial has no value. */
interface Placed {
  readonly scale: ParallelScale;
  place(trial: StudyTrial): number | undefined;
}

/**
 * Parallel coordinates: a line per complete trial through its objective values and parameters.
 *
 * The best trials stand out: with one objective the best twentieth and the best quarter, otherwise the Pareto front.
 *
 * @param parameters the most important first
 * @param front numbers of the trials of the Pareto front, in a study with several objectives
 */
export function createParallelFigure(
  study: StudyContent,
  parameters: readonly Parameter[],
  front: readonly number[] | undefined,
  id: string,
): StudyFigure | undefined {
  const onFront = new Set(front);
  const ranked = rankTrials(study, 0);
  const sorted = front
    ? [...ranked].sort((one, other) => Number(onFront.has(other.number)) - Number(onFront.has(one.number)))
    : ranked;
  if (sorted.length === 0 || parameters.length === 0) return undefined;
  const groups = (front ? groupByFront(sorted, onFront) : groupByRank(sorted))
    .map((group) => ({ ...group, trials: selectEvenly(group.trials, group.limit) }))
    .filter(({ trials }) => trials.length > 0);
  const shown = groups.reduce((sum, { trials }) => sum + trials.length, 0);
  const scales = [
    ...study.directions.map((_, objective) => placeObjective(study, objective, sorted)),
    ...parameters.slice(0, drawnScales).map((parameter) => placeParameter(parameter, sorted)),
  ];
  const toSeries = ({ name, trials, look, emphasis }: Group): Series => ({
    name,
    draw: 'line',
    solid: true,
    look,
    emphasis,
    points: trials.flatMap((trial) => {
      const note = describeTrial(study, trial);
      return scales.map(({ place }, y) => ({ x: place(trial) ?? absent, y, run: trial.number, note }));
    }),
  });
  return {
    figure: {
      id,
      title: 'Parallel coordinates',
      description: joinSentences(
        `A line per complete trial${study.directions.length > 1 ? '' : ', the best ones in front'}.`,
        shown < sorted.length
          ? `Shown are ${shown} of ${sorted.length} complete trials, of each color an even selection.`
          : '',
        parameters.length > drawnScales
          ? `Shown are ${drawnScales} of ${parameters.length} parameters; figures by parameter show the others.`
          : '',
      ),
      x: { label: '' },
      scales: scales.map(({ scale }) => scale),
      series: [...groups].reverse().map(toSeries),
    },
    table: createTable(study, sorted, parameters),
  };
}

interface Group {
  readonly name: string;
  readonly trials: readonly StudyTrial[];
  readonly look: number;
  readonly emphasis: 'strong' | 'normal' | 'faint';
  /** How many of the trials are drawn at most. */
  readonly limit: number;
}

/** The best twentieth, at most twenty; the best quarter without them; the others. */
function groupByRank(ranked: readonly StudyTrial[]): Group[] {
  const [first, second] = [Math.min(20, Math.ceil(0.05 * ranked.length)), Math.ceil(0.25 * ranked.length)];
  const [best, next, others] = [ranked.slice(0, first), ranked.slice(first, second), ranked.slice(second)];
  const name = (what: string, { length }: readonly StudyTrial[]): string => (length === 1 ? what : `${what} ${length}`);
  return [
    { name: name('the best', best), trials: best, look: highlight, emphasis: 'strong', limit: 20 },
    { name: name('the next', next), trials: next, look: looks.complete, emphasis: 'normal', limit: 40 },
    {
      name: others.length === 1 ? 'the other' : `${others.length} others`,
      trials: others,
      look: looks.infeasible,
      emphasis: 'faint',
      limit: 80,
    },
  ];
}

function groupByFront(sorted: readonly StudyTrial[], onFront: ReadonlySet<number>): Group[] {
  const front = sorted.filter(({ number }) => onFront.has(number));
  const others = sorted.filter(({ number }) => !onFront.has(number));
  return [
    { name: 'Pareto front', trials: front, look: highlight, emphasis: 'strong', limit: 60 },
    { name: 'others', trials: others, look: looks.infeasible, emphasis: 'faint', limit: 80 },
  ];
}

function placeObjective(study: StudyContent, objective: number, trials: readonly StudyTrial[]): Placed {
  const values = trials.map((trial) => trial.values![objective]!);
  const { axis, place } = createValueAxis('', values, study.directions[objective]!);
  const [low, high] = axis.domain!;
  const toPosition = createPosition(low, high, axis.scale === 'log', 0);
  const ends = [...new Set([low, ...axis.ticks!, high])];
  return {
    scale: {
      label: `${shorten(getObjectiveName(study, objective), labelLength)} (${study.directions[objective]})`,
      ticks: ends.map((at) => ({ at: toPosition(at), text: formatObjective(at) })),
    },
    place: (trial) => toPosition(place(trial.values![objective]!)),
  };
}

function placeParameter(parameter: Parameter, trials: readonly StudyTrial[]): Placed {
  const { name } = parameter;
  const isMissing = trials.some((trial) => getParameter(trial, parameter) === undefined);
  const from = isMissing ? afterAbsent : 0;
  const gap = isMissing ? [{ at: absent, text: 'absent' }] : [];
  const label = shorten(name, labelLength);
  if (parameter.kind === 'categorical') {
    const count = parameter.choices.length;
    const toPosition = (at: number): number => (count === 1 ? (1 + from) / 2 : from + ((1 - from) * at) / (count - 1));
    const length = Math.max(6, Math.floor(46 / count));
    const ticks = parameter.labels.map((text, at) => ({ at: toPosition(at), text: shorten(text, length) }));
    return {
      scale: { label, ticks: [...gap, ...ticks] },
      place: (trial) => map(toNumber(parameter, getParameter(trial, parameter)), toPosition),
    };
  }
  const { low, high, log } = parameter;
  const toPosition = createPosition(low, high, log, from);
  const middle = log ? Math.sqrt(low) * Math.sqrt(high) : low / 2 + high / 2;
  const ends = parameter.kind === 'integer' ? [low, Math.round(middle), high] : [low, middle, high];
  return {
    scale: {
      label,
      ticks: [...gap, ...[...new Set(ends)].map((at) => ({ at: toPosition(at), text: formatParameter(at) }))],
    },
    place: (trial) => map(toNumber(parameter, getParameter(trial, parameter)), toPosition),
  };
}

const map = (value: number | undefined, convert: (value: number) => number): number | undefined =>
  value === undefined ? undefined : convert(value);

/** Positions from `from` to 1; in the middle where there is one value only. */
function createPosition(low: number, high: number, log: boolean, from: number): (value: number) => number {
  const scale = log ? Math.log : (value: number): number => value / 2; // a range may be longer than any number
  const [first, length] = [scale(low), scale(high) - scale(low)];
  if (!(length > 0)) return () => (1 + from) / 2;
  return (value) => from + (1 - from) * Math.min(1, Math.max(0, (scale(value) - first) / length));
}

function describeTrial(study: StudyContent, { number, values }: StudyTrial): string {
  return `trial ${number}: ${study.directions.map((_, at) => formatObjective(values![at]!)).join(', ')}`;
}

function createTable(
  study: StudyContent,
  sorted: readonly StudyTrial[],
  parameters: readonly Parameter[],
): StudyFigure['table'] {
  const shown = sorted.slice(0, tableRows);
  return {
    caption:
      shown.length === sorted.length
        ? 'Complete trials, best first'
        : `The best ${shown.length} of ${sorted.length} complete trials, best first`,
    columns: [
      { title: 'trial' },
      ...study.directions.map((_, at) => ({ title: getObjectiveName(study, at), align: 'right' as const })),
      ...parameters.map(({ name, kind }) => ({
        title: shorten(name, tableNames),
        align: kind === 'categorical' ? ('left' as const) : ('right' as const),
      })),
    ],
    rows: shown.map((trial) => [
      String(trial.number),
      ...study.directions.map((_, at) => formatObjective(trial.values![at]!)),
      ...parameters.map((parameter) => formatParameterValue(parameter, getParameter(trial, parameter))),
    ]),
  };
}
