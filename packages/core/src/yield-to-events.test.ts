import { afterEach, describe, expect, it, vi } from 'vitest';
import { yieldToEvents } from './yield-to-events.js';

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
