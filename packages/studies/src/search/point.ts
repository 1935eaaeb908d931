import { invalid } from '@footlight/core';
import {
  createCategorical,
  createFloat,
  createInteger,
  type Distribution,
  type ParameterValue,
} from '../distributions.js';
import type { SpaceTrial } from './types.js';

/** Values of parameters by name. */
export type Point = Readonly<Record<string, ParameterValue>>;

/** A trial that is no part of a study, with given values, and what was named of it. */
export interface PointTrial {
  readonly trial: SpaceTrial;
  /** The parameters that were named so far. */
  readonly params: Point;
  readonly distributions: Readonly<Record<string, Distribution>>;
}

/**
 * Creates a trial that has the values of a point, in range or not.
 *
 * @param isWhole whether a parameter that the point lacks is an error; else it is the first choice, or the low end
 */
export function createPointTrial(point: Point, isWhole: boolean): PointTrial {
  const params: Record<string, ParameterValue> = {};
  const distributions: Record<string, Distribution> = {};
  const choose = (name: string, distribution: Distribution): ParameterValue => {
    if (name in point) return point[name]!;
    if (isWhole) return invalid(`trial(${name})`, `one of the parameters ${Object.keys(point).join(', ')}`, name);
    return distribution.kind === 'categorical' ? distribution.choices[0]! : distribution.low;
  };
  const take = (name: string, distribution: Distribution): ParameterValue => {
    distributions[name] = distribution;
    params[name] = choose(name, distribution);
    return params[name];
  };
  return {
    params,
    distributions,
    trial: {
      float: (name, range) => take(name, createFloat(name, range)) as number,
      integer: (name, range) => take(name, createInteger(name, range)) as number,
      categorical: <const Choice extends ParameterValue>(name: string, choices: readonly Choice[]) =>
        take(name, createCategorical(name, choices)) as Choice,
    },
  };
}
