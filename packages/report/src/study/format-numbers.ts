import { formatValue } from '../page/names.js';
import type { StudyParameter } from './study-content.js';

/** Formats an objective value as the report formats metrics; huge ones with a power of ten. */
export function formatObjective(value: number): string {
  return Math.abs(value) >= 1e6 && Number.isFinite(value) ? value.toExponential(3) : formatValue(value);
}

/** Formats the value of a parameter: integers and texts as they are, other numbers with four digits. */
export function formatParameter(value: StudyParameter | undefined): string {
  if (value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : String(Number(value.toPrecision(4)));
}

/** Names choices so that `1` and `'1'` differ. */
export function formatChoices(choices: readonly StudyParameter[]): string[] {
  const texts = choices.map(formatParameter);
  return new Set(texts).size === texts.length ? texts : choices.map((choice) => JSON.stringify(choice));
}

/** Cuts a text in the middle, where names that begin and end alike differ least. */
export function shorten(text: string, length: number): string {
  const letters = Array.from(text);
  if (letters.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${letters.slice(0, length - 1 - end).join('')}…${end > 0 ? letters.slice(-end).join('') : ''}`;
}

/** Formats a span of time with its unit: `12 s`, `3.5 min`, `2 h`. */
export function formatSeconds(seconds: number): string {
  const { unit, size } = chooseTimeUnit(seconds);
  return `${String(Number((seconds / size).toPrecision(3)))} ${unit}`;
}

/** The unit in which a span of time has few digits. */
export function chooseTimeUnit(seconds: number): { unit: string; name: string; size: number } {
  if (seconds < 1) return { unit: 'ms', name: 'milliseconds', size: 0.001 };
  if (seconds < 120) return { unit: 's', name: 'seconds', size: 1 };
  if (seconds < 120 * 60) return { unit: 'min', name: 'minutes', size: 60 };
  if (seconds < 48 * 3600) return { unit: 'h', name: 'hours', size: 3600 };
  return { unit: 'd', name: 'days', size: 86_400 };
}

/** Formats a moment as `2026-03-01 12:30 UTC`. */
export function formatMoment(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
