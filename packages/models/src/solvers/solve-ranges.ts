import type { Progress } from '@footlight/core';
import type { SolverStep } from '../types.js';

/** What `solveRanges` works through. */
export interface RangeWork {
  /** Number of rows. */
  readonly count: number;
  /** Solves the rows from `begin` to before `end`. The result must not depend on the cut. */
  solve(begin: number, end: number): void;
  /** What progress is reported as. Default `solve`, in rows. */
  readonly label?: string;
  readonly unit?: Progress['unit'];
  /** Returns milliseconds since some moment. Default: a clock. */
  readonly now?: () => number;
}

/** Rows of the first range. */
const firstLength = 64;
/** Milliseconds that a range should take: between two of them the caller can show progress, or stop. */
const goal = 200;
/** Milliseconds between reports. */
const interval = 300;

/** Solves rows in ranges of a fraction of a second each, and reports at most a few times per second, and the end. */
export function* solveRanges({
  count,
  solve,
  label = 'solve',
  unit = 'rows',
  now = () => performance.now(),
}: RangeWork): Generator<SolverStep, void> {
  let length = firstLength;
  let reported = now();
  for (let begin = 0; begin < count; ) {
    const end = Math.min(count, begin + length);
    const started = now();
    solve(begin, end);
    const time = now();
    const factor = Math.min(4, goal / Math.max(1, time - started)); // the following rows may take longer than these
    length = Math.max(1, Math.floor((end - begin) * factor));
    begin = end;
    const isDue = time - reported >= interval || end === count;
    if (isDue) reported = time;
    yield isDue ? { label, done: end, total: count, unit } : undefined;
  }
}
