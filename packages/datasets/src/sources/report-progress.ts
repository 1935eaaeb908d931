import type { OnProgress, Progress } from '@footlight/core';

const MILLISECONDS_BETWEEN = 250;

/** Passes progress on at most four times a second, and always the end: call with `done` as often as you like, last with `finished`. */
export function progressReporter(
  onProgress: OnProgress | undefined,
  work: Omit<Progress, 'done'>,
): (done: number, finished?: boolean) => void {
  if (!onProgress) return () => {};
  let last = 0;
  return (done, finished = false) => {
    const now = Date.now();
    if (!finished && now - last < MILLISECONDS_BETWEEN) return;
    last = now;
    onProgress({ ...work, done });
  };
}
