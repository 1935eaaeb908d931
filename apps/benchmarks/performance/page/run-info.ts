import { formatMachine, type Machine } from '../measure/machine.js';
import type { Spread } from '../measure/spread.js';

/** A call of a benchmark: when, where and how results were measured. */
export interface RunInfo {
  readonly command: string;
  /** ISO 8601. */
  readonly date: string;
  readonly rounds: number;
  /** Backend of Footlight, in benchmarks that use one. */
  readonly backend?: string;
  readonly threads?: number;
  readonly machine: Machine;
  /** Load average of the last minute, after each round. */
  readonly load: Spread;
}

/** A result with the run that measured it. */
export type Dated<Part> = Part & { readonly run: RunInfo };

/** Numbered footnotes of a page. */
export interface Footnotes {
  /** @returns the raised number of the footnote of a run; empty for results measured like the newest ones */
  mark(run: RunInfo): string;
  /** The texts of all footnotes so far. */
  format(): string[];
}

/** Footnotes for results of runs on another machine or day, or in another way, than the newest run. */
export function footnotesFor(newest: RunInfo): Footnotes {
  const others = new Map<string, RunInfo[]>();
  return {
    mark(run) {
      const text = formatCircumstances(run);
      if (text === formatCircumstances(newest)) return '';
      others.set(text, [...(others.get(text) ?? []), run]);
      return raise([...others.keys()].indexOf(text) + 1);
    },
    format: () =>
      [...others].map(([text, runs], index) => `${raise(index + 1)} ${text} Load average ${formatLoad(runs)}.`),
  };
}

/** Formats which commands measured a part of the page, and when. */
export function formatSources(runs: readonly RunInfo[]): string {
  const sources = new Set(runs.map(({ command, date }) => `${date.slice(0, 10)} with \`${command}\``));
  return `Measured ${[...sources].join(' and ')}.`;
}

function formatCircumstances({ date, rounds, backend, threads, machine }: RunInfo): string {
  const how = [
    formatCount(rounds, 'round'),
    ...(threads === undefined ? [] : [formatCount(threads, 'thread')]),
    ...(backend === undefined ? [] : [`backend ${backend}`]),
  ];
  return `Measured ${date.slice(0, 10)}, ${how.join(', ')}; ${formatMachine(machine)}.`;
}

/** Formats a count with its noun, e.g. `2 threads`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function formatLoad(runs: readonly RunInfo[]): string {
  const smallest = Math.min(...runs.map(({ load }) => load.smallest));
  const largest = Math.max(...runs.map(({ load }) => load.largest));
  return `${smallest.toFixed(2)}–${largest.toFixed(2)}`;
}

function raise(number: number): string {
  return [...String(number)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
