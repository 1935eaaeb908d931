import { afterEach, describe, expect, it, vi } from 'vitest';
import { runAtOnce, runInPieces, yieldInterval, yieldToEvents, yieldWhenDue } from './yield-to-events.js';

describe('yieldToEvents', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(['with setImmediate', 'without it, as in browsers'])('lets other tasks run, %s', async (platform) => {
    if (platform.startsWith('without')) vi.stubGlobal('setImmediate', undefined);
    let ran = false;
    setTimeout(() => {
      ran = true;
    });
    for (let turn = 0; turn < 1e6 && !ran; turn++) await yieldToEvents();
    expect(ran).toBe(true);
  });
});

describe('yieldWhenDue', () => {
  afterEach(() => void vi.useRealTimers());

  it('lets other tasks run once per interval', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    let turns = 0;
    const count = () => {
      turns++;
    };
    await yieldToEvents();
    setImmediate(count);
    await yieldWhenDue();
    expect(turns).toBe(0);
    vi.advanceTimersByTime(yieldInterval);
    await yieldWhenDue();
    expect(turns).toBe(1);
  });
});

describe('pieces of a computation', () => {
  function* addUp(): Generator<void, number> {
    let sum = 0;
    for (let n = 1; n <= 4; n++) {
      sum += n;
      yield;
    }
    return sum;
  }

  it('give the same at once and with turns for others between them', async () => {
    expect(runAtOnce(addUp())).toBe(10);
    expect(await runInPieces(addUp())).toBe(10);
  });
});
