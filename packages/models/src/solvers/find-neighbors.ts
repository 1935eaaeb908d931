import { type NearestSetsOptions, nearestSets } from '@footlight/engine';
import type { SolverStep } from '../types.js';
import type { NeighborLists } from './neighbor-scorer.js';
import { solveRanges } from './solve-ranges.js';

/** Finds the nearest neighbors of all sets, in ranges. */
export function* findNeighbors(options: Omit<NearestSetsOptions, 'range'>): Generator<SolverStep, NeighborLists> {
  const { sets, count } = options;
  const setCount = sets.offsets.length - 1;
  const [ids, weights] = [new Int32Array(setCount * count), new Float32Array(setCount * count)];
  yield* solveRanges({
    count: setCount,
    solve(begin, end) {
      const nearest = nearestSets({ ...options, range: [begin, end] });
      ids.set(nearest.ids, begin * count);
      weights.set(nearest.similarities, begin * count);
    },
  });
  return { ids, weights };
}
