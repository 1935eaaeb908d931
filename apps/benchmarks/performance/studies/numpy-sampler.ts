import { createRng, numpyRandom, type Rng } from '@footlight/core';
import { randomSampler, type Sampler, type TpeOptions, tpeSampler } from '@footlight/studies';

/**
 * TPE with the random numbers of Optuna's `TPESampler(seed=seed)`, so that trials can be compared one by one.
 *
 * Optuna draws from two of NumPy's generators: one for the random trials at the beginning, and one for candidates. A
 * random choice is the largest of one number per choice.
 */
export function numpySampler(seed: number, options: TpeOptions = {}): Sampler {
  const [start, candidates] = [createNumbers(seed), createNumbers(seed)];
  const [tpe, random] = [tpeSampler(options), randomSampler()];
  const startupTrials = options.rules === 'hyperopt' ? 20 : 10;
  return {
    name: 'tpe(numpy)',
    sampleJointly: (study, context) => tpe.sampleJointly!(study, { ...context, createRng: () => candidates }),
    sampleOne(study, context, name, distribution) {
      const ended = study.finished.filter((number) => study.trials[number]!.state !== 'failed').length;
      if (ended >= startupTrials)
        return tpe.sampleOne(study, { ...context, createRng: () => candidates }, name, distribution);
      if (distribution.kind !== 'categorical')
        return random.sampleOne(study, { ...context, createRng: () => start }, name, distribution);
      const drawn = distribution.choices.map(() => start.next());
      return drawn.indexOf(Math.max(...drawn));
    },
  };
}

function createNumbers(seed: number): Rng {
  const numbers = numpyRandom(seed);
  return { ...createRng(seed), next: () => numbers.rand() };
}
