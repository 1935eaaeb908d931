import { toMarkdownText } from '@footlight/core';
import { computeImportance, type Study, type TrialRecord } from '@footlight/studies';
import { markdownTable } from 'markdown-table';
import { findBest, formatParameter, formatStates, formatValue } from './study-progress.js';

/** Name of the objective of a study that a search has, else `value`. */
export function findMetric({ attributes }: Study): string {
  const { metric } = (attributes['footlight:search'] ?? {}) as { readonly metric?: string };
  return metric ?? 'value';
}

/** The study in short: its trials by state, and the best one. */
export function formatStudy(study: Study, metric: string): string {
  const lines = [`${toMarkdownText(study.name)}: ${formatStates(study)}`];
  if (study.stopReason !== undefined) lines.push(`Ended by: ${study.stopReason}`);
  const best = study.directions.length > 1 ? study.paretoFront : [findBest(study) ?? []].flat();
  if (best.length > 0) lines.push('', formatTrials(best, study, metric));
  return lines.join('\n');
}

const listNames = (trials: readonly TrialRecord[]): string[] => [
  ...new Set(trials.flatMap(({ params }) => Object.keys(params))),
];

/** One row per trial. */
export function formatTrials(trials: readonly TrialRecord[], { directions }: Study, metric: string): string {
  const names = listNames(trials);
  const titles = directions.length === 1 ? [metric] : directions.map((_, at) => `value ${at + 1}`);
  const isMixed = trials.some(({ state }) => state !== 'complete');
  const rows = trials.map(({ number, state, values, params, attributes, systemAttributes }) => [
    String(number),
    ...titles.map((_, at) => (values?.[at] === undefined ? '–' : formatValue(values[at]))),
    ...names.map((name) => (name in params ? toMarkdownText(formatParameter(params[name]!)) : '–')),
    ...(isMixed
      ? [
          state,
          state === 'failed' ? toMarkdownText(String(attributes.reason ?? systemAttributes.fail_reason ?? '')) : '',
        ]
      : []),
  ]);
  const header = ['trial', ...[...titles, ...names].map(toMarkdownText), ...(isMixed ? ['state', 'reason'] : [])];
  return markdownTable([header, ...rows], {
    align: header.map((_, at) => (at <= titles.length ? 'r' : 'l')),
  });
}

/** One row per parameter, the most important one first. */
export function formatImportance(study: Study): string {
  return markdownTable([
    ['parameter', 'importance'],
    ...Object.entries(computeImportance(study)).map(([name, share]) => [toMarkdownText(name), share.toFixed(3)]),
  ]);
}

/** The fields of a trial, with the values of the objective under the names of the metric, or `value_0`, …. */
interface PlainTrial {
  readonly number: number;
  readonly state: TrialRecord['state'];
  readonly params: TrialRecord['params'];
  readonly [field: string]: unknown;
}

/** A trial as plain data, for `--json` and `--csv`. Numbers count from 0, as in the log. */
export function toPlainTrial(trial: TrialRecord, { directions }: Study, metric: string): PlainTrial {
  const { number, state, values, params, intermediate, attributes, systemAttributes, started, completed } = trial;
  return {
    number,
    state,
    ...(directions.length === 1
      ? { [metric]: values?.[0] ?? null }
      : Object.fromEntries(directions.map((_, at) => [`value_${at}`, values?.[at] ?? null]))),
    params,
    steps: intermediate.size,
    started: started?.toISOString() ?? null,
    seconds: started && completed ? (completed.getTime() - started.getTime()) / 1000 : null,
    reason: attributes.reason ?? systemAttributes.fail_reason ?? null,
  };
}

/** All trials as CSV, with one column per parameter and all digits. */
export function formatCsv(study: Study, metric: string): string {
  const names = listNames(study.trials);
  const rows = study.trials.map((trial) => toPlainTrial(trial, study, metric));
  const fields = Object.keys(rows[0] ?? { number: 0, state: '', [metric]: 0, params: {} });
  const lines = rows.map(({ params, ...row }) =>
    fields
      .flatMap((field) => (field === 'params' ? names.map((name) => params[name]) : [row[field]]))
      .map(quote)
      .join(','),
  );
  const header = fields.flatMap((field) => (field === 'params' ? names.map((name) => `params_${name}`) : [field]));
  return `${[header.map(quote).join(','), ...lines].join('\n')}\n`;
}

/** A field, in quotes where it needs them. */
function quote(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
