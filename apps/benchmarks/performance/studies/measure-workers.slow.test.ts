import { describe, expect, it } from 'vitest';
import { measureWorkers } from './measure-workers.js';

describe('measureWorkers', () => {
  it('measures processes of one worker and of two', { timeout: 120_000 }, async () => {
    const result = await measureWorkers(1, { seconds: 0.01, trials: 2 });
    expect(result).toMatchObject({ seconds: 0.01, trials: 2, limit: 1.8 });
    expect(result.one).toBeGreaterThan(0);
    expect(result.two).toBeGreaterThan(0);
  });
});
