import type { SeedResult } from './result.js';

/** A run of one metric, in the time that training took. */
export const createSeedResult = (seed: number, mean: number, standardError: number, train = 1): SeedResult => ({
  name: 'data / split / model',
  protocol: { hash: 'abc' } as SeedResult['protocol'],
  metrics: { mrr: { mean, standardError, count: 7 } },
  published: { mrr: 0.2 },
  losses: [],
  sizes: { users: 7, items: 11, train: 13, test: 7 },
  seed,
  backend: 'cpu',
  environment: { node: 'v20', platform: 'linux', cpu: 'some', threads: 2, versions: {} },
  seconds: { load: 1, train, evaluate: 2 },
});
