import { describe, expect, it } from 'vitest';
import { createStudy } from '../study.js';
import { randomSampler } from './random.js';

describe('randomSampler', () => {
  it('draws uniformly, in the logarithm where the range says so', async () => {
    const study = await createStudy({ name: 'a', sampler: randomSampler() });
    await study.optimize(
      (trial) => {
        trial.float('x', { low: -1, high: 3 });
        trial.float('rate', { low: 1e-4, high: 1, log: true });
        trial.integer('n', { low: 1, high: 3 });
        trial.categorical('c', ['a', 'b']);
        return 0;
      },
      { trials: 900 },
    );
    const share = (isIn: (params: Record<string, unknown>) => boolean) =>
      study.trials.filter(({ params }) => isIn(params)).length / 900;
    // Four standard errors: 4 √(p (1 − p) / 900) ≤ 0.067.
    expect(Math.abs(share(({ x }) => (x as number) < 0) - 1 / 4)).toBeLessThan(0.067);
    expect(Math.abs(share(({ rate }) => (rate as number) < 1e-3) - 1 / 4)).toBeLessThan(0.067);
    expect(Math.abs(share(({ n }) => n === 1) - 1 / 3)).toBeLessThan(0.067);
    expect(Math.abs(share(({ c }) => c === 'a') - 1 / 2)).toBeLessThan(0.067);
  });
});
