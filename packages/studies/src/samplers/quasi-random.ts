import { assertNumber, createRng, invalid } from '@footlight/core';
import type { Distribution } from '../distributions.js';
import type { Sampler, StudyView } from '../types.js';
import { drawUniformly, fromUnit } from './draw-uniformly.js';
import { drawHaltonPoint } from './halton.js';
import { drawSobolPoint, sobolDimensions } from './sobol.js';

const KEY = 'footlight:quasi_random';

export interface QuasiRandomOptions {
  /** Kind of sequence: `sobol` has up to 64 parameters, `halton` any number. Default `sobol`. */
  readonly sequence?: 'sobol' | 'halton' | undefined;
  /**
   * Randomize the sequence. Default true; without it the first point has all parameters at their lowest value.
   */
  readonly scramble?: boolean | undefined;
  /**
   * Seed of the scrambling, which all workers of a study must share, whatever the seeds of their studies. Default 0.
   */
  readonly seed?: number | undefined;
}

/**
 * Quasi-random search: the points of a low-discrepancy sequence, which fill the space more evenly than random ones.
 *
 * The parameters are those of the first trial that ended, which is random itself; parameters that it did not have are
 * drawn at random. Each trial holds its place in the sequence, so that several workers share one sequence.
 *
 * Differs from Optuna's `QMCSampler`: scrambled by default.
 *
 * @example
 * await createStudy({ name: 'sobol', sampler: quasiRandomSampler() });
 * @source Bergstra and Bengio, JMLR 2012, https://www.jmlr.org/papers/v13/bergstra12a.html
 */
export function quasiRandomSampler(options: QuasiRandomOptions = {}): Sampler {
  const { sequence = 'sobol', scramble = true, seed = 0 } = options;
  if (sequence !== 'sobol' && sequence !== 'halton')
    invalid('quasiRandomSampler(sequence)', 'sobol or halton', sequence);
  assertNumber('quasiRandomSampler(seed)', seed);
  const scrambler = createRng(seed);
  return {
    name: sequence,
    sampleJointly(study) {
      const space = findSpace(study);
      const names = Object.keys(space).sort();
      if (names.length === 0) return undefined;
      if (sequence === 'sobol' && names.length > sobolDimensions)
        invalid(
          'quasiRandomSampler(sequence)',
          `at most ${sobolDimensions} parameters`,
          names.length,
          "Use { sequence: 'halton' }.",
        );
      const index = countPoints(study);
      const rng = scramble ? scrambler.fork(KEY) : undefined;
      const draw = sequence === 'sobol' ? drawSobolPoint : drawHaltonPoint;
      const point = draw(index, names.length, rng);
      return {
        internal: Object.fromEntries(names.map((name, at) => [name, fromUnit(space[name]!, point[at]!)])),
        systemAttributes: { [KEY]: index },
      };
    },
    sampleOne: (_study, context, name, distribution) => drawUniformly(distribution, context.createRng(name)),
  };
}

/** The parameters of the first trial that ended, or, before there is one, of the running trials. */
function findSpace({ trials, finished }: StudyView): Readonly<Record<string, Distribution>> {
  const ended = finished.filter((number) => trials[number]!.state !== 'failed');
  if (ended.length > 0) return trials[Math.min(...ended)]!.distributions;
  return Object.assign({}, ...trials.map(({ state, distributions }) => (state === 'running' ? distributions : {})));
}

function countPoints({ trials }: StudyView): number {
  return trials.reduce((count, { systemAttributes }) => {
    const index = systemAttributes[KEY];
    return typeof index === 'number' ? Math.max(count, index + 1) : count;
  }, 0);
}
