import type { Progress } from '@footlight/core';
import type { Context } from '../context.js';
import { createProgressLine } from '../terminal/progress.js';

/** Counts what is done and shows it where it takes long. */
export interface SlowProgress {
  step(): void;
  clear(): void;
}

/** A progress line that appears after two seconds and changes four times per second. */
export function createSlowProgress(
  label: string,
  total: number,
  unit: Progress['unit'],
  { err }: Context,
): SlowProgress {
  const line = createProgressLine('footlight', err);
  let [done, due] = [0, performance.now() + 2000];
  return {
    step() {
      done++;
      if (done % 64 !== 0 || performance.now() < due) return;
      due = performance.now() + 250;
      void line.show({ label, done, total, unit });
    },
    clear: line.clear,
  };
}
