import type { OnProgress, Progress } from '@footlight/core';

const MILLISECONDS_BETWEEN = 250;

/** Reports progress; it may be called at any rate. `total` is for a total that becomes known during the work. */
export type ReportProgress = (done: number, finished?: boolean, total?: number) => void;

/** Limits reports of progress to four per second. A report with `finished` is always passed on. */
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
