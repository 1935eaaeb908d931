import type { Sampler } from '../types.js';
import { drawUniformly } from './draw-uniformly.js';

/**
 * Random search: draws every parameter uniformly from its range, independent of earlier trials.
 *
 * @example
 * await createStudy({ name: 'baseline', sampler: randomSampler() });
 * @source Bergstra and Bengio, JMLR 2012, https://www.jmlr.org/papers/v13/bergstra12a.html
 */
export function randomSampler(): Sampler {
  return {
    name: 'random',
    sampleOne: (_study, context, name, distribution) => drawUniformly(distribution, context.createRng(name)),
  };
}
