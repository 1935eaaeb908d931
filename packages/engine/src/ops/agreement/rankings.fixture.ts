import type { Make } from '../../backends/kernels/agreement/agreement.fixture.js';
import { toSparseRows } from '../../sparse-rows.js';
import { tf } from '../../tfjs/tfjs.js';
import { rankTargets, rankTargetsDefinition } from '../rank-targets.js';
import type { TargetRanks } from '../types.js';
import { drawSize } from './helpers.fixture.js';

/** Rankings. */
export const rankingOperations: Record<string, Make> = {
  rankTargets: (rng) => {
    const [query, item, dim] = [drawSize(rng), 1 + rng.integer(60), drawSize(rng)];
    // so that sums are exact and many scores are equal
    const drawIntegers = (count: number) => Float32Array.from({ length: count }, () => rng.integer(4) - 1);
    const drawLists = (most: number) =>
      Array.from({ length: query }, () => [
        ...new Set(Array.from({ length: rng.integer(most + 1) }, () => rng.integer(item))),
      ]);
    const product = {
      vectors: drawIntegers(query * dim),
      table: drawIntegers(item * dim),
      ...(rng.next() < 0.5 ? { bias: drawIntegers(item) } : {}),
    };
    const options = {
      itemCount: item,
      seen: toSparseRows(drawLists(9)),
      relevant: toSparseRows(drawLists(6)),
      seenRank: rng.next() < 0.5 ? ('none' as const) : ('last' as const),
      top: rng.integer(12),
      scores: rng.next() < 0.5 ? product : { rows: drawIntegers(query * item) },
    };
    const toTensors = ({ ranks, bestRanks, worstRanks, found, candidateCounts, top }: TargetRanks) =>
      [ranks, bestRanks, worstRanks, found, candidateCounts, top].map((values) =>
        tf.tensor1d(Float32Array.from(values)),
      );
    return {
      given: [],
      compute: () => toTensors((tf.getBackend() === 'cpu' ? rankTargetsDefinition : rankTargets)(options)),
      tolerance: 0,
    };
  },
};
