import { areEqual, type Distribution, isSingle } from '../distributions.js';
import { followFinished } from '../follow-finished.js';
import type { StudyView } from '../types.js';

export type Space = ReadonlyMap<string, Distribution>;

/**
 * Intersection of the search spaces: the parameters that every complete or pruned trial had, with one distribution.
 *
 * Parameters with one value are left out.
 */
export function createIntersection(includesPruned: boolean): (study: StudyView) => Space {
  const follow = followFinished<{ space?: Map<string, Distribution> }>(
    () => ({}),
    (state, { state: ended, distributions }) => {
      if (ended === 'failed' || (ended === 'pruned' && !includesPruned)) return;
      if (!state.space) {
        const names = Object.keys(distributions).sort();
        state.space = new Map(names.map((name) => [name, distributions[name]!]));
        return;
      }
      for (const [name, distribution] of state.space) {
        const other = Object.hasOwn(distributions, name) ? distributions[name] : undefined;
        if (!other || (other !== distribution && !areEqual(other, distribution))) state.space.delete(name);
      }
    },
  );
  return (study) => withoutSingles(follow(study).space ?? new Map());
}

/**
 * Groups of parameters that occur together: the coarsest partition of all parameters such that each complete or pruned
 * trial has a group wholly or not at all. A conditional space falls into its branches.
 */
export function createGroups(): (study: StudyView) => readonly Space[] {
  const follow = followFinished<{ groups: Map<string, Distribution>[] }>(
    () => ({ groups: [] }),
    (state, { state: ended, distributions }) => {
      if (ended === 'failed') return;
      const rest = new Map(Object.entries(distributions));
      const parts = state.groups.flatMap((group) => {
        const inside = new Map([...group].filter(([name]) => rest.has(name)));
        const outside = new Map([...group].filter(([name]) => !rest.has(name)));
        return [inside, outside];
      });
      for (const group of state.groups) for (const name of group.keys()) rest.delete(name);
      state.groups = [...parts, rest].filter(({ size }) => size > 0);
    },
  );
  return (study) =>
    follow(study)
      .groups.map((group) => withoutSingles(new Map([...group].sort(([one], [other]) => (one < other ? -1 : 1)))))
      .filter(({ size }) => size > 0);
}

function withoutSingles(space: Space): Space {
  return new Map([...space].filter(([, distribution]) => !isSingle(distribution)));
}
