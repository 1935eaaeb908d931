import { formatCount } from '@footlight/core';
import { html } from '../page/html.js';
import type { Figure, Point } from '../plots/figure.js';
import { formatObjective, formatSeconds, shorten } from './format-numbers.js';
import type { StudyContent, StudyTrial } from './study-content.js';
import { drawnPoints, joinSentences, type StudyFigure, tableRows } from './study-figure.js';
import { describeSelection, selectEvenly, thinOut } from './thin-out.js';
import { createCountAxis } from './ticks.js';
import { formatStates, getObjectiveName, getState, getValue, highlight, looks, rankTrials } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

/** The best value after each trial: the trials that improved it, by number. */
export function findImprovements(study: StudyContent, objective: number): StudyTrial[] {
  const ranked = rankTrials(study, objective);
  const ranks = new Map(ranked.map(({ number }, rank) => [number, rank]));
  let best = Number.POSITIVE_INFINITY;
  return study.trials.filter(({ number }) => {
    const rank = ranks.get(number) ?? Number.POSITIVE_INFINITY;
    if (rank >= best) return false;
    best = rank;
    return true;
  });
}

/** Optimization history: the objective value of every trial, by number, and the best one so far. */
export function createHistoryFigure(study: StudyContent, objective: number, id: string): StudyFigure {
  const { trials, directions } = study;
  const name = getObjectiveName(study, objective);
  const valued = trials.filter((trial) => getValue(trial, objective) !== undefined);
  const value = (trial: StudyTrial): number => getValue(trial, objective)!;
  const axis = createValueAxis(name, valued.map(value), directions[objective]!);
  const improvements = findImprovements(study, objective);
  const last = trials.at(-1)?.number ?? 0;
  let hidden = 0;

  const series: Figure['series'][number][] = [];
  for (const state of ['complete', 'pruned', 'infeasible'] as const) {
    const own = valued.filter((trial) => getState(trial) === state);
    const chosen =
      state === 'complete' ? thinOut(rankTrials(study, objective), drawnPoints) : selectEvenly(own, drawnPoints);
    hidden += own.length - chosen.length;
    const points = chosen.map((trial): Point => {
      const what = state === 'complete' ? '' : `, ${state}`;
      return {
        x: trial.number,
        y: axis.place(value(trial)),
        note: `trial ${trial.number}${what}: ${formatObjective(value(trial))}`,
      };
    });
    if (points.length > 0) series.push({ name: state, draw: 'points', look: looks[state], points });
  }
  const allFailed = trials.filter(({ state }) => state === 'failed');
  const failed = selectEvenly(allFailed, drawnPoints);
  hidden += allFailed.length - failed.length;
  if (failed.length > 0)
    series.push({
      name: 'failed, no value',
      draw: 'points',
      look: looks.failed,
      points: failed.map(({ number }) => ({ x: number, y: axis.worst, note: `trial ${number}, failed` })),
    });
  if (improvements.length > 0) {
    const points = improvements.map((trial) => ({ x: trial.number, y: axis.place(value(trial)) }));
    const end = { x: last, y: points.at(-1)!.y };
    series.push({
      name: 'best so far',
      draw: 'line',
      shape: 'steps',
      solid: true,
      look: highlight,
      points: [...points, end],
    });
  }
  const best = improvements.at(-1);
  return {
    figure: {
      id,
      title: `Optimization history: ${name}`,
      description: joinSentences(
        `${formatCount(trials.length, 'trial')}: ${formatStates(trials)}.`,
        best
          ? `The best ${name} (${directions[objective]}) is ${formatObjective(value(best))}, of trial ${best.number}.`
          : 'No trial is complete.',
        ...describeSelection(trials.length - hidden, trials.length, 'trials'),
        ...axis.remarks,
      ),
      x: createCountAxis('trial', last),
      y: axis.axis,
      series,
    },
    table: createTrialTable(study, objective, improvements),
  };
}

/** Trials with their values: all, or of many those that improved the best value and an even selection of the others. */
function createTrialTable(
  study: StudyContent,
  objective: number,
  improvements: readonly StudyTrial[],
): StudyFigure['table'] {
  const name = getObjectiveName(study, objective);
  const isBetter = new Set(improvements);
  const better = improvements.slice(-tableRows / 2);
  const others = selectEvenly(
    study.trials.filter((trial) => !better.includes(trial)),
    tableRows - better.length,
  );
  const shown = [...better, ...others].sort((one, other) => one.number - other.number);
  const all = shown.length === study.trials.length;
  return {
    caption: all
      ? `Trials by number: ${name}`
      : `${shown.length} of ${study.trials.length} trials: the last improvements, and others at equal distances`,
    columns: [
      { title: 'trial' },
      { title: 'state' },
      { title: name, align: 'right' },
      { title: 'best so far' },
      { title: 'time', align: 'right' },
      { title: 'reason of the failure' },
    ],
    rows: shown.map((trial) => {
      const value = getValue(trial, objective);
      const seconds = getSeconds(trial);
      return [
        String(trial.number),
        getState(trial),
        value === undefined ? '–' : formatObjective(value),
        isBetter.has(trial) ? 'yes' : '',
        seconds === undefined ? '–' : formatSeconds(seconds),
        html`<span class="reason">${shorten(getFailReason(trial) ?? '', 200)}</span>`,
      ];
    }),
  };
}

/** How long a trial ran; `undefined` if it has not ended, or if its times make no sense. */
function getSeconds({ started, completed }: StudyTrial): number | undefined {
  const seconds = started && completed ? (completed.getTime() - started.getTime()) / 1000 : Number.NaN;
  return seconds >= 0 ? seconds : undefined;
}

/** Why a trial failed, where searches, `study.tell` and Optuna store it. */
export function getFailReason({ attributes = {}, systemAttributes }: StudyTrial): string | undefined {
  return [attributes.reason, systemAttributes.fail_reason].find((reason) => typeof reason === 'string') as
    | string
    | undefined;
}
