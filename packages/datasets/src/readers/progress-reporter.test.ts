import type { Progress } from '@footlight/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProgressReporter } from './progress-reporter.js';

describe('createProgressReporter', () => {
  afterEach(() => void vi.useRealTimers());

  it('reports at most four times per second, and always the end', () => {
    vi.useFakeTimers();
    const seen: Progress[] = [];
    const report = createProgressReporter((progress) => seen.push(progress), {
      label: 'read ratings.csv',
      total: 7,
      unit: 'bytes',
    });
    for (const done of [1, 2]) report(done); // at 0 ms: the second report is too early
    vi.advanceTimersByTime(249);
    report(3);
    vi.advanceTimersByTime(1);
    report(5);
    report(7, true);
    expect(seen.map(({ done }) => done)).toEqual([1, 5, 7]);
    expect(seen[0]).toEqual({ label: 'read ratings.csv', total: 7, unit: 'bytes', done: 1 });
  });

  it('accepts a total that becomes known later', () => {
    const seen: Progress[] = [];
    createProgressReporter((progress) => seen.push(progress), { label: 'download ml-1m.zip', unit: 'bytes' })(
      3,
      false,
      11,
    );
    expect(seen).toEqual([{ label: 'download ml-1m.zip', unit: 'bytes', done: 3, total: 11 }]);
  });

  it('does nothing without a callback', () => {
    expect(createProgressReporter(undefined, { label: 'read', unit: 'bytes' })(1, true)).toBeUndefined();
  });
});
