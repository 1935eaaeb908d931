import { assertInteger, invalid } from '@footlight/core';
import type { ParameterValue } from '../distributions.js';
import { toInternal } from '../distributions.js';
import type { Sampler, StudyView } from '../types.js';

const KEY = 'grid_id';

/**
 * Grid search: every combination of the given values once, in an order shuffled by the seed of the study.
 *
 * Each trial holds the number of its combination, so that several workers, and a resumed study, take other ones. After
 * the last one the combinations begin again; `countGrid` says how many there are.
 *
 * @param space the values of each parameter; the objective must use the same names and ranges that contain them
 * @throws {RecsysError} `invalid-argument` if a parameter has no values, or the range of the objective lacks one
 * @example
 * await createStudy({ name: 'grid', sampler: gridSampler({ dim: [16, 32], rate: [0.1, 0.01] }), stop: { trials: 4 } });
 */
export function gridSampler(space: Readonly<Record<string, readonly ParameterValue[]>>): Sampler {
  const names = Object.keys(space);
  const count = countGrid(space);
  const combine = (id: number): Record<string, ParameterValue> => {
    let rest = id;
    return Object.fromEntries(
      names.map((name) => {
        const values = space[name]!;
        const value = values[rest % values.length]!;
        rest = Math.floor(rest / values.length);
        return [name, value];
      }),
    );
  };
  const readId = (study: StudyView, number: number): number | undefined => {
    const id = study.trials[number]?.systemAttributes[KEY];
    return typeof id === 'number' ? id : undefined;
  };

  return {
    name: 'grid',
    sampleJointly(study, context) {
      const uses = new Int32Array(count);
      for (const { systemAttributes, state } of study.trials) {
        const id = systemAttributes[KEY];
        if (typeof id === 'number' && id < count && state !== 'failed') uses[id]!++;
      }
      const fewest = uses.reduce((one, other) => Math.min(one, other));
      const open = Array.from(uses.keys()).filter((id) => uses[id] === fewest);
      const id = open[context.createRng(KEY).integer(open.length)]!;
      return { internal: {}, systemAttributes: { [KEY]: id } };
    },
    sampleOne(study, context, name, distribution) {
      if (!(name in space))
        invalid(`gridSampler(${name})`, `one of ${names.join(', ')}`, name, 'Add its values to the grid.');
      const id = readId(study, context.number) ?? 0;
      const value = combine(id)[name]!;
      const internal = toInternal(distribution, value);
      return internal ?? invalid(`gridSampler(${name})`, 'values within the range of the parameter', value);
    },
  };
}

/**
 * Counts the combinations of a grid.
 *
 * @example
 * countGrid({ dim: [16, 32], rate: [0.1, 0.01, 0.001] }) // 6
 */
export function countGrid(space: Readonly<Record<string, readonly ParameterValue[]>>): number {
  const lengths = Object.entries(space).map(([name, values]) =>
    Array.isArray(values) && values.length > 0
      ? values.length
      : invalid(`gridSampler(${name})`, 'at least one value', 'none'),
  );
  return assertInteger(
    'gridSampler(space): combinations',
    lengths.reduce((one, other) => one * other, 1),
    { maximum: 1e7 },
  );
}
