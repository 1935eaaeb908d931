import { type OnProgress, type Progress, yieldToEvents } from '@footlight/core';

/** Reports the progress of a loop and lets the event loop run, at most every 100 ms. */
export interface ProgressReporter {
  /** Whether at least 100 ms have passed since the last report; true before the first one. */
  isDue(): boolean;
  /** Reports that `done` units are done, then yields to the event loop, so that signals and timers run. */
  report(done: number): Promise<void>;
}

const interval = 100; // milliseconds

/** Creates the reporter of a loop; without `onProgress` it only yields to the event loop. */
export function createProgressReporter(loop: Omit<Progress, 'done'>, onProgress?: OnProgress): ProgressReporter {
  let last = Number.NEGATIVE_INFINITY;
  return {
    isDue: () => performance.now() - last >= interval,
    async report(done) {
      last = performance.now();
      onProgress?.({ ...loop, done });
      await yieldToEvents();
    },
  };
}
