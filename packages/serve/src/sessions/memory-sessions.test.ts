import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memorySessions } from './memory-sessions.js';

describe('memorySessions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the newest events', async () => {
    const { append, read } = memorySessions();
    expect(await append('s', [{ item: 1 }, { item: 2 }], 3)).toBe(2);
    expect(await append('s', [{ item: 3 }, { item: 4 }], 3)).toBe(3);
    expect(await read('s')).toEqual([{ item: 2 }, { item: 3 }, { item: 4 }]);
    expect(await read('t')).toBeUndefined();
  });

  it('forgets sessions after their time, and the one without events for longest beyond its capacity', async () => {
    const { append, read } = memorySessions({ capacity: 2, seconds: 10 });
    const list = async () => (await Promise.all(['a', 'b', 'c'].map(read))).map((events) => events !== undefined);
    for (const session of ['a', 'b', 'a', 'c']) await append(session, [{ item: 1 }], 9);
    expect(await list()).toEqual([true, false, true]);
    vi.advanceTimersByTime(10_000);
    expect(await list()).toEqual([false, false, false]);
  });

  it('refuses sizes that cannot be', () => {
    expect(() => memorySessions({ capacity: 0 })).toThrow('memorySessions(capacity)');
    expect(() => memorySessions({ seconds: 0 })).toThrow('memorySessions(seconds)');
  });
});
