import type { Objective } from '../optimize.js';
import { createStudy } from '../study.js';
import type { Sampler } from '../types.js';

/** The best values of several seeds, ascending. */
export async function collectBest(
  createSampler: () => Sampler,
  objective: Objective,
  trials: number,
  seeds: number,
): Promise<number[]> {
  const best: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const study = await createStudy({ name: 'test', seed, sampler: createSampler() });
    await study.optimize(objective, { trials });
    best.push(study.best.values![0]!);
  }
  return best.sort((one, other) => one - other);
}
