import { type OnProgress, type Progress, yieldInterval, yieldToEvents } from '@footlight/core';

/** Reports the progress of a loop and lets the event loop run, at most every 100 ms; on a web page every 20 ms. */
export interface ProgressReporter {
  /** Whether at least that time has passed since the last report; true before the first one. */
  isDue(): boolean;
  /** Reports that `done` units are done, then yields to the event loop, so that signals and timers run. */
  report(done: number): Promise<void>;
}

/** Creates the reporter of a loop; without `onProgress` it only yields to the event loop. */
export function createProgressReporter(loop: Omit<Progress, 'done'>, onProgress?: OnProgress): ProgressReporter {
  let last = Number.NEGATIVE_INFINITY;
  return {
    isDue: () => performance.now() - last >= yieldInterval,
    async report(done) {
      onProgress?.({ ...loop, done });
      await yieldToEvents();
      last = performance.now(); // what the page did meanwhile does not count
    },
  };
}
