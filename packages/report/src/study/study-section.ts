import { renderFigure, renderHint, renderTable, type Section } from '../page/elements.js';
import { emptyHtml, type Html, html } from '../page/html.js';
import { formatMoment, formatObjective, shorten } from './format-numbers.js';
import { getFailReason } from './history-figure.js';
import { formatParameterValue, formatRange, getParameter, listParameters } from './parameters.js';
import type { StudyAnalysis, StudyContent } from './study-content.js';
import { type StudyFigure, tableNames } from './study-figure.js';
import { createStudyFigures } from './study-figures.js';
import { formatStates, getObjectiveName, getValue, rankTrials } from './trial-states.js';

/** A study with what was computed of it. */
export interface ReportedStudy extends StudyAnalysis {
  readonly study: StudyContent;
}

const shownReasons = 8;

/** A study: its state in words, the best parameters, and its figures with the numbers behind them. */
export function renderStudySection({ study, ...analysis }: ReportedStudy, at: number): Section {
  const id = `study-${at + 1}`;
  return {
    id,
    title: `Study ${study.name}`,
    body: html`<p>${describeStudy(study)}</p>
${renderMissing(study)}
${renderBest(study)}
${renderFailures(study)}
<div class="figures">${createStudyFigures(study, analysis, id).map(renderStudyFigure)}</div>`,
  };
}

function describeStudy(study: StudyContent): string {
  const { trials, directions } = study;
  const goals = directions.map((direction, at) => `${direction} ${getObjectiveName(study, at)}`).join(', ');
  if (trials.length === 0) return `Goal: ${goals}. No trials.`;
  const times = trials.flatMap(({ started, completed }) => [started, completed]).flatMap((time) => toTime(time));
  const [first, last] = [Math.min, Math.max].map((choose) =>
    times.reduce((one, other) => choose(one, other), times[0]!),
  );
  const [from, to] = times.length === 0 ? ['', ''] : [formatMoment(new Date(first!)), formatMoment(new Date(last!))];
  const span = from === '' ? '' : from === to ? ` At ${from}.` : ` From ${from} to ${to}.`;
  const count = trials.length === 1 ? 'One trial' : `${trials.length} trials`;
  return `Goal: ${goals}. ${count}: ${formatStates(trials)}.${span}`;
}

const toTime = (moment: Date | undefined): number[] =>
  moment && !Number.isNaN(moment.getTime()) ? [moment.getTime()] : [];

function renderMissing(study: StudyContent): Html {
  if (study.trials.length === 0) return renderHint('No trial has begun yet. The figures appear with the first trials.');
  if (rankTrials(study, 0).length > 0) return emptyHtml;
  return renderHint('No trial is complete yet, so there is no best one, and no figure by parameter.');
}

/** The parameters of the best trial beside their ranges; of several directions the Pareto front is a figure. */
function renderBest(study: StudyContent): Html {
  const best = rankTrials(study, 0)[0];
  if (!best || study.directions.length > 1) return emptyHtml;
  const name = getObjectiveName(study, 0);
  return renderTable({
    caption: `The best trial, number ${best.number}: ${name} ${formatObjective(getValue(best, 0)!)}`,
    columns: [{ title: 'parameter' }, { title: 'value' }, { title: 'searched' }],
    rows: listParameters(study).map((parameter) => [
      shorten(parameter.name, tableNames),
      formatParameterValue(parameter, getParameter(best, parameter)),
      formatRange(parameter),
    ]),
  });
}

function renderFailures({ trials }: StudyContent): Html {
  const reasons = new Map<string, number[]>();
  for (const trial of trials) {
    if (trial.state !== 'failed') continue;
    const reason = getFailReason(trial) ?? 'no reason in the log';
    const numbers = reasons.get(reason) ?? [];
    numbers.push(trial.number);
    reasons.set(reason, numbers);
  }
  if (reasons.size === 0) return emptyHtml;
  const sorted = [...reasons].sort(([, one], [, other]) => other.length - one.length);
  const shown = sorted.slice(0, shownReasons);
  return renderTable({
    caption:
      sorted.length === shown.length
        ? 'Why trials failed'
        : `Why trials failed: the ${shown.length} most frequent of ${sorted.length} reasons`,
    columns: [{ title: 'trials' }, { title: 'reason' }, { title: 'numbers' }],
    rows: shown.map(([reason, numbers]) => [
      String(numbers.length),
      html`<span class="reason">${shorten(reason, 300)}</span>`,
      `${numbers.slice(0, 10).join(', ')}${numbers.length > 10 ? ' …' : ''}`,
    ]),
  });
}

function renderStudyFigure({ figure, table }: StudyFigure): Html {
  return html`<div class="with-numbers">${renderFigure(figure)}
<details><summary>Numbers: ${figure.title}</summary>${renderTable(table)}</details></div>`;
}
