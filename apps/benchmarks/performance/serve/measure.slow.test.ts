import { describe, expect, it } from 'vitest';
import type { ServeCase } from './cases.js';
import { measureCase } from './measure.js';

const size = { model: 'factorization', users: 50, items: 200, dim: 8, interactions: 5 } as const;
const targets: ServeCase['targets'] = [];

describe('measureCase', () => {
  it.each<ServeCase>([
    { name: 'users', size, connections: 3, lists: 1, history: 0, targets },
    { name: 'batches', size, connections: 2, lists: 7, history: 0, targets },
    { name: 'histories', size: { ...size, model: 'sequenceGru' }, connections: 3, lists: 1, history: 50, targets },
  ])(
    'sends requests to a service of its own, all of which are answered: $name',
    async (each) => {
      const { figures } = await measureCase(each, { seconds: 1, warmUp: 1 });
      expect(figures).toMatchObject({ failed: 0, requests: expect.any(Number) });
      expect(figures['requests']).toBeGreaterThan(0);
      expect(figures['processorMicroseconds']).toBeGreaterThan(0);
    },
    300_000,
  );

  it('counts requests that the service refuses', async () => {
    const each: ServeCase = { name: 'too many', size, connections: 1, lists: 1001, history: 0, targets };
    const { figures } = await measureCase(each, { seconds: 1, warmUp: 1 });
    expect(figures['failed']).toBeGreaterThan(0);
  }, 300_000);
});
