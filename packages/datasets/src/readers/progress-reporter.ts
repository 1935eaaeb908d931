import type { OnProgress, Progress } from '@footlight/core';

const MILLISECONDS_BETWEEN = 250;

/** Call as often as you like; `finished` is always passed on. A `total` that only becomes known on the way may come along. */
export type ReportProgress = (done: number, finished?: boolean, total?: number) => void;

/** Passes progress on at most four times a second, and always the end. */
export function createProgressReporter(
  onProgress: OnProgress | undefined,
  work: Omit<Progress, 'done'>,
): ReportProgress {
  if (!onProgress) return () => {};
  let last = Number.NEGATIVE_INFINITY;
  return (done, finished = false, total = work.total) => {
    const now = Date.now();
    if (!finished && now - last < MILLISECONDS_BETWEEN) return;
    last = now;
    onProgress({ ...work, done, ...(total !== undefined && { total }) });
  };
}
