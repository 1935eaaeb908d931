import { type Progress, yieldInterval } from '@footlight/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgressReporter } from './progress.js';

describe('createProgressReporter', () => {
  it('is due every 20 ms on a web page, where evaluation takes fewer users at once', async () => {
    vi.stubGlobal('document', {});
    vi.resetModules();
    const page = await import('@footlight/core');
    const { chooseBatchSize } = await import('./evaluate/choose-batch-size.js');
    vi.unstubAllGlobals();
    expect([page.yieldInterval, yieldInterval]).toEqual([20, 100]);
    expect([chooseBatchSize('user', 2 ** 13), chooseBatchSize({ history: 64 }, 7)]).toEqual([32, 32]);
  });
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is due at first, then every 100 ms', async () => {
    const reports: Progress[] = [];
    const progress = createProgressReporter({ label: 'train', total: 7, unit: 'steps' }, (each) => reports.push(each));
    expect(progress.isDue()).toBe(true);
    await progress.report(3);
    vi.advanceTimersByTime(99);
    expect(progress.isDue()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(progress.isDue()).toBe(true);
    expect(reports).toEqual([{ label: 'train', done: 3, total: 7, unit: 'steps' }]);
  });

  it('lets timers run before it continues', async () => {
    let ran = false;
    setImmediate(() => {
      ran = true;
    });
    await createProgressReporter({ label: 'train', unit: 'steps' }).report(1);
    expect(ran).toBe(true);
  });
});
