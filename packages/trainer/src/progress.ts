import { type OnProgress, type Progress, yieldToEvents } from '@footlight/core';

/** Reports the progress of a loop and lets the event loop run, at most every 100 ms; on a web page every 20 ms. */
export interface ProgressReporter {
  /** Whether at least that time has passed since the last report; true before the first one. */
  isDue(): boolean;
  /** Reports that `done` units are done, then yields to the event loop, so that signals and timers run. */
  report(done: number): Promise<void>;
}

/** Whether this is the thread of a web page, which should answer its user within 50 ms. Workers and Node are not. */
export const isPage: boolean = typeof document !== 'undefined';

/** Milliseconds after which other work may run. */
export const yieldInterval: number = isPage ? 20 : 100;

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
