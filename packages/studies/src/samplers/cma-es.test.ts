import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { memoryLog } from '../log/memory-log.js';
import { createStudy } from '../study.js';
import type { Trial } from '../trial.js';
import { cmaEsSampler } from './cma-es.js';
import { createEvolution } from './evolution.js';
import { randomSampler } from './random.js';
import { collectBest } from './samplers.fixture.js';

/** An ellipsoid whose axes are not those of the parameters. */
function ellipsoid(trial: Pick<Trial, 'float'>): number {
  const [x, y, z] = ['x', 'y', 'z'].map((name) => trial.float(name, { low: -5, high: 5 })) as [number, number, number];
  return (x + y - 1) ** 2 + 30 * (x - y) ** 2 + 3 * (z + 2) ** 2;
}

describe('createEvolution', () => {
  it('has the parameters of the tutorial for n = 10: λ = 10', () => {
    expect(createEvolution(10).population).toBe(4 + Math.floor(3 * Math.log(10)));
  });

  it('converges on an ellipsoid', () => {
    const evolution = createEvolution(3);
    const rng = createRng(3);
    let best = Infinity;
    for (let generation = 0; generation < 120; generation++) {
      const points = Array.from({ length: evolution.population }, () => evolution.draw(rng));
      const solutions = points.map((point) => ({
        point,
        loss: (point[0]! - 0.3) ** 2 + 100 * (point[1]! - point[0]!) ** 2 + (point[2]! - 0.8) ** 2,
      }));
      best = Math.min(best, ...solutions.map(({ loss }) => loss));
      evolution.advance(solutions);
    }
    expect(best).toBeLessThan(1e-15);
    expect(evolution.generation).toBe(120);
  });
});

describe('cmaEsSampler', () => {
  it('is far ahead of random search on an ellipsoid', async () => {
    const [ours] = [await collectBest(cmaEsSampler, ellipsoid, 200, 3)];
    const random = await collectBest(randomSampler, ellipsoid, 200, 3);
    expect(ours[1]!).toBeLessThan(random[1]! / 20);
  });

  it('continues after a restart as if there had been none', async () => {
    const run = async (parts: readonly number[]) => {
      const log = memoryLog();
      for (const trials of parts) {
        const study = await createStudy({ name: 'a', log, sampler: cmaEsSampler({ population: 5 }) });
        await study.optimize(ellipsoid, { trials });
      }
      return (await createStudy({ name: 'a', log })).trials.map(({ params }) => params);
    };
    expect(await run([13, 17])).toEqual(await run([30]));
  });

  it('refuses several directions', async () => {
    const study = await createStudy({ name: 'a', directions: ['minimize', 'minimize'], sampler: cmaEsSampler() });
    await expect(study.ask()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: cmaEsSampler: expected a study with one direction, received 2. Use tpeSampler().]`,
    );
  });
});
