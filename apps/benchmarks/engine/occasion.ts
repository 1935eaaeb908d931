import { describeMachine, type Machine } from '../measuring/machine.js';
import type { Spread } from '../measuring/spread.js';

/** One call of bench:engine: where, when and how its part of a report was measured. */
export interface Occasion {
  readonly command: string;
  readonly date: string;
  readonly turns: number;
  readonly backend: string;
  readonly threads: number;
  readonly machine: Machine;
  readonly load: Spread;
}

export interface Marks {
  /** @returns nothing for what was measured as the newest was, else the number of a note, raised */
  mark(occasion: Occasion): string;
  /** The notes to all marks so far. */
  notes(): string[];
}

/** Tells what is of the newest occasion from what was kept of others: of another machine, day or way to measure. */
export function marksBeside(newest: Occasion): Marks {
  const others = new Map<string, Occasion[]>();
  return {
    mark(occasion) {
      const text = circumstances(occasion);
      if (text === circumstances(newest)) return '';
      others.set(text, [...(others.get(text) ?? []), occasion]);
      return raised([...others.keys()].indexOf(text) + 1);
    },
    notes: () =>
      [...others].map(([text, occasions], at) => `${raised(at + 1)} ${text} Load average ${rangeOf(occasions)}.`),
  };
}

function circumstances({ date, turns, backend, threads, machine }: Occasion): string {
  const counted = `${turns} ${turns === 1 ? 'turn' : 'turns'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `Measured ${date.slice(0, 10)}, ${counted}, backend ${backend}; ${describeMachine(machine)}.`;
}

function rangeOf(occasions: readonly Occasion[]): string {
  const smallest = Math.min(...occasions.map(({ load }) => load.smallest));
  const largest = Math.max(...occasions.map(({ load }) => load.largest));
  return `${smallest.toFixed(2)}–${largest.toFixed(2)}`;
}

function raised(count: number): string {
  return [...String(count)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
