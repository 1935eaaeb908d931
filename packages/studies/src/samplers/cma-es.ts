import { assertInteger, invalid } from '@footlight/core';
import type { NumericDistribution } from '../distributions.js';
import type { Sampler, StudyView, TrialRecord } from '../types.js';
import { drawUniformly, fromUnit, toUnit } from './draw-uniformly.js';
import { createEvolution, type Evolution, type Solution } from './evolution.js';
import { createIntersection } from './search-space.js';

const KEY = 'footlight:cma_es_generation';

export interface CmaEsOptions {
  /** Trials per generation. Default 4 + ⌊3 log n⌋ for n parameters. */
  readonly population?: number | undefined;
  /** Number of complete trials before which parameters are random. Default 1. */
  readonly startupTrials?: number | undefined;
}

/**
 * CMA-ES: draws numbers from a normal distribution whose mean, step size and covariance follow the best trials.
 *
 * It searches the numeric parameters that every complete trial had, scaled to [0, 1] (in the logarithm where they say
 * so); choices and conditional parameters are drawn at random. Each trial holds its generation, and the distribution
 * follows from the log: the first trials of a generation to end advance it. It serves one direction.
 *
 * @example
 * await createStudy({ name: 'search', sampler: cmaEsSampler() });
 * @throws {RecsysError} `invalid-argument` for a study with several directions
 * @source Hansen 2016, https://arxiv.org/abs/1604.00772; as Optuna's `CmaEsSampler`
 */
export function cmaEsSampler({ population, startupTrials = 1 }: CmaEsOptions = {}): Sampler {
  if (population !== undefined) assertInteger('cmaEsSampler(population)', population, { minimum: 3 });
  assertInteger('cmaEsSampler(startupTrials)', startupTrials, { minimum: 0 });
  const findSpace = createIntersection(false);
  const searches = new WeakMap<readonly number[], Search>();

  return {
    name: 'cma-es',
    sampleJointly(study, context) {
      if (study.directions.length > 1)
        invalid('cmaEsSampler', 'a study with one direction', study.directions.length, 'Use tpeSampler().');
      const names = [...findSpace(study)].filter(([, { kind }]) => kind !== 'categorical').map(([name]) => name);
      const complete = study.finished.filter((number) => study.trials[number]!.state === 'complete');
      if (names.length === 0 || complete.length < startupTrials) return undefined;
      const space = names.map((name) => [name, findSpace(study).get(name) as NumericDistribution] as const);
      const key = names.join('\n');
      let search = searches.get(study.finished);
      if (search?.key !== key) {
        search = { key, evolution: createEvolution(names.length, population), read: 0, waiting: [] };
        searches.set(study.finished, search);
      }
      follow(search, study, space);
      const { evolution } = search;
      const point = evolution.draw(context.createRng(KEY));
      return {
        internal: Object.fromEntries(space.map(([name, each], at) => [name, fromUnit(each, point[at]!)])),
        systemAttributes: { [KEY]: `${evolution.generation} ${names.length}` },
      };
    },
    sampleOne: (_study, context, name, distribution) => drawUniformly(distribution, context.createRng(name)),
  };
}

interface Search {
  readonly key: string;
  readonly evolution: Evolution;
  /** The number of ended trials that were read. */
  read: number;
  /** Solutions of the current generation. */
  waiting: Solution[];
}

/** Reads the trials that ended since the last call, in the order in which they ended. */
function follow(search: Search, study: StudyView, space: readonly (readonly [string, NumericDistribution])[]): void {
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  for (; search.read < study.finished.length; search.read++) {
    const trial = study.trials[study.finished[search.read]!]!;
    if (!belongs(trial, search.evolution.generation, space)) continue;
    const point = space.map(([name, distribution]) => toUnit(distribution, trial.internal[name]!));
    search.waiting.push({ point, loss: sign * trial.values![0]! });
    if (search.waiting.length < search.evolution.population) continue;
    search.evolution.advance(search.waiting);
    search.waiting = [];
  }
}

function belongs(
  { state, systemAttributes, internal }: TrialRecord,
  generation: number,
  space: readonly (readonly [string, NumericDistribution])[],
): boolean {
  if (state !== 'complete' || systemAttributes[KEY] !== `${generation} ${space.length}`) return false;
  return space.every(([name]) => Object.hasOwn(internal, name));
}
