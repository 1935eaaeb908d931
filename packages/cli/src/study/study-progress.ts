import { formatCount, toPrintable } from '@footlight/core';
import type { ParameterValue, Study, TrialRecord } from '@footlight/studies';
import type { EpochReport } from '@footlight/trainer';
import type { Output } from '../context.js';
import { formatDuration } from '../terminal/progress.js';

/** What is shown of a search: one line on a terminal, else one line per trial. */
export interface StudyProgress {
  begin(number: number): void;
  showEpoch(report: EpochReport): void;
  /** Adds a trial that has ended. */
  end(trial: TrialRecord): void;
  /** Shows the trials that other processes have ended since the last call. */
  follow(what: string): void;
  /** Removes the line. */
  clear(): void;
}

/**
 * @param metric name of the objective
 * @param total trials of the study in all, if that is known
 */
export function createStudyProgress(
  study: Study,
  metric: string,
  total: number | undefined,
  output: Output,
): StudyProgress {
  const begun = performance.now();
  let ended = 0;
  let followed = study.finished.length;
  let current = '';
  let shown = false;

  const write = (): void => {
    if (!output.isTTY) return;
    const best = findBest(study);
    const parts = [
      `${study.name} · ${current}`,
      formatStates(study),
      ...(best ? [`best ${metric} ${formatValue(best.values![0]!)} (${formatParams(best.params)})`] : []),
      ...(total === undefined || ended === 0 ? [] : [`${estimate()} left`]),
    ];
    const text = toPrintable(parts.join(' · '));
    const width = (output.columns ?? 80) - 1; // a full line would wrap
    output.write(`\r\x1b[K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
    shown = true;
  };
  const estimate = (): string => {
    const left = Math.max(0, total! - study.finished.length);
    return formatDuration(((performance.now() - begun) / 1000 / ended) * left);
  };
  const clear = (): void => {
    if (shown) output.write('\r\x1b[K');
    shown = false;
  };
  return {
    begin(number) {
      current = `trial ${number}`;
      write();
    },
    showEpoch({ epoch, validation }) {
      const value = formatValue(validation?.[metric] ?? Number.NaN);
      current = `${current.replace(/, epoch.*/, '')}, epoch ${epoch + 1}: ${value}`;
      write();
    },
    end(trial) {
      ended++;
      clear();
      if (!output.isTTY) output.write(`${toPrintable(describeTrial(trial, study, metric))}\n`);
      else write();
    },
    follow(what) {
      current = what;
      for (; followed < study.finished.length; followed++) this.end(study.trials[study.finished[followed]!]!);
      write();
    },
    clear,
  };
}

/** `trial 3: ndcg@10 0.1234, best; 2.1 s; dim 32, rate 0.01`. */
export function describeTrial(trial: TrialRecord, study: Study, metric: string): string {
  const { number, state, values, params, intermediate, started, completed, attributes, systemAttributes } = trial;
  const best = findBest(study);
  const what = {
    complete: `${metric} ${formatValue(values?.[0] ?? Number.NaN)}${best?.number === number ? ', the best' : ''}`,
    pruned:
      `pruned after ${formatCount(intermediate.size, 'epoch')} ` +
      `at ${metric} ${formatValue(values?.[0] ?? Number.NaN)}`,
    failed: `failed: ${attributes.reason ?? systemAttributes.fail_reason ?? 'no reason known'}`,
    running: 'running',
    waiting: 'waiting',
  }[state];
  const seconds = started && completed ? [`${((completed.getTime() - started.getTime()) / 1000).toFixed(1)} s`] : [];
  return `trial ${number}: ${[what, ...seconds, formatParams(params)].filter((part) => part !== '').join('; ')}`;
}

/** `9 complete, 2 pruned, 1 failed`. */
export function formatStates({ trials }: Pick<Study, 'trials'>): string {
  const counts = new Map<string, number>();
  for (const { state } of trials) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = (['complete', 'pruned', 'failed', 'running', 'waiting'] as const)
    .filter((state) => counts.has(state))
    .map((state) => `${counts.get(state)} ${state}`);
  return parts.length === 0 ? 'no trials' : parts.join(', ');
}

/** The best complete trial of a study with one direction, if there is one. */
export function findBest(study: Study): TrialRecord | undefined {
  if (study.directions.length > 1) return undefined;
  return study.trials.some(({ state }) => state === 'complete') ? study.best : undefined;
}

function formatParams(params: Readonly<Record<string, ParameterValue>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${formatParameter(value)}`)
    .join(', ');
}

/** Numbers with at most four significant digits, integers whole. */
export function formatParameter(value: ParameterValue): string {
  return typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value);
}

export function formatValue(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : String(value);
}
