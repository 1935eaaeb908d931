import type { Kernels } from '@footlight/kernels';
import type { RowGradient } from '../../gradient.js';
import type { ArrayKernels, BilinearOptions, BilinearTraining, SumRowsGradientInputs } from '../../kernels.js';
import { borrow, takeFirst } from '../../memory.js';
import { allocateRanks, rejectNaN } from '../../ops/target-ranks.js';
import type { RankTargetsOptions, TargetRanks } from '../../ops/types.js';
import type { Build } from './build.js';

/** Kernels on arrays in C++. Each returns `undefined` for inputs that it does not support. */
export type OptionalArrayKernels = {
  readonly [Name in keyof ArrayKernels]: (
    inputs: Parameters<ArrayKernels[Name]>[0],
  ) => ReturnType<ArrayKernels[Name]> | undefined;
};

/** Adapts the kernels of `@footlight/kernels` to the inputs that the engine's operations use. */
export function createArrayKernels({ name, kernels, arrays }: Build): OptionalArrayKernels {
  return {
    // the addon's own memory may use huge pages, in which distant rows are found faster
    allocateZeros: ({ length }) => (name === 'native' ? kernels.zeros(length) : arrays.allocateZeros(length)),
    allocateInts: ({ length }) => arrays.allocateInts(length),

    fillNormal({ values, rng, mean, deviation }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillNormal({ out: values, state, mean, deviation }));
      return values;
    },
    fillUniform({ values, rng, low, high }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillUniform({ out: values, state, low, high }));
      return values;
    },
    fillDropoutMask({ values, rng, rate }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillMask({ out: values, state, rate }));
      return values;
    },

    gatherRows({ table, dim, ids, out }) {
      if (ids.length > 0)
        kernels.gatherRows({ x: table, ids, out, batch: 1, outer: 1, rows: table.length / dim, inner: dim });
      return out;
    },
    sumRows({ table, dim, bags: { offsets, ids, weights }, out }) {
      kernels.sumRows({ table, dim, offsets, ids, weights, out });
      return out;
    },
    sumRowsGradient: (inputs) => sumRowsGradient(kernels, inputs),
    sumRowsAndBiasesGradient: (inputs) => sumRowsAndBiasesGradient(kernels, inputs),
    scoreRows({ vectors, table, bias, dim, candidates, out }) {
      kernels.scoreRows({ vectors, table, bias, dim, ids: candidates.ids, out });
      return out;
    },

    updateDense({ optimizer, step, factor, weights, slots: [firstSlot, secondSlot], gradient }) {
      kernels.optimizerDense({ optimizer, step, factor, weights, firstSlot, secondSlot, gradient });
      return weights;
    },
    updateRows({ optimizer, step, factor, weights, slots: [firstSlot, secondSlot], gradient, slotOfRow }) {
      kernels.optimizerRows({
        ...{ optimizer, step, factor, weights, firstSlot, secondSlot, scratch: slotOfRow },
        ...{ ids: gradient.ids, gradients: gradient.values, dense: optimizer.rows === 'dense' },
      });
      return weights;
    },
    createBilinear: (options) => createBilinear(kernels, options),

    leastSquaresGram({ columns, dim, regularization }) {
      const gram = new Float32Array(dim * dim);
      kernels.leastSquaresGram({ out: gram, fixed: columns, dim, regularization });
      return gram;
    },
    solveLeastSquares({ rows, columns, entries: { offsets, ids }, zeros, ...problem }) {
      kernels.solveLeastSquares({
        ...{ outRows: rows, fixed: columns, dim: problem.dim, offsets, ids, confidences: problem.confidences },
        ...{ regularization: problem.regularization, regularizations: problem.regularizations },
        ...{ steps: problem.steps, gram: problem.gram, zerosEverywhere: zeros === 'everywhere' },
      });
      return rows;
    },
    nearestSets({ sets, members, count, similarity, shrink, scales, range }) {
      const [begin, end] = range ?? [0, sets.offsets.length - 1];
      const length = (end - begin) * count;
      const [ids, similarities] = [new Int32Array(length), new Float32Array(length)];
      kernels.nearestSets({
        ...{ outIds: ids, outSimilarities: similarities, offsets: sets.offsets, members: sets.ids },
        ...{ setOffsets: members.offsets, memberOf: members.ids, similarity, shrink, begin, end },
        ...{ weights: sets.weights, memberWeights: members.weights },
        ...{ ownScales: scales?.own, otherScales: scales?.other },
      });
      return { ids, similarities };
    },
    rankTargets: (options) => rankTargets(kernels, options),
  };
}

function sumRowsGradient(kernels: Kernels, { gradients, dim, bags, rowCount }: SumRowsGradientInputs): RowGradient {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const [outIds, outValues] = [new Int32Array(most), borrowRows(most, rowCount, dim)];
  const count = kernels.sumRowsGradient({ gradients, dim, offsets, ids, weights, rowCount, outIds, outValues });
  return { kind: 'rows', ids: outIds.subarray(0, count), values: takeFirst(outValues, count * dim) };
}

function sumRowsAndBiasesGradient(
  kernels: Kernels,
  { gradients, dim, bags, rowCount }: SumRowsGradientInputs,
): [rows: RowGradient, biases: RowGradient] {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const outIds = new Int32Array(most);
  const [outValues, outWeights] = [borrowRows(most, rowCount, dim), borrowRows(most, rowCount, 1)];
  const count = kernels.sumRowsGradient({
    ...{ gradients, dim, offsets, ids, weights, rowCount },
    ...{ outIds, outValues, outWeights },
  });
  const own = outIds.subarray(0, count);
  return [
    { kind: 'rows', ids: own, values: takeFirst(outValues, count * dim) },
    { kind: 'rows', ids: own, values: takeFirst(outWeights, count) },
  ];
}

/**
 * Borrows memory for rows. Its length is rounded up to a power of two, so that the next batch, whose number of rows
 * differs, can use the same memory. The part that is not written to costs nothing.
 */
function borrowRows(count: number, rowCount: number, dim: number): Float32Array {
  const enough = Math.min(rowCount, 2 ** Math.ceil(Math.log2(Math.max(1, count))));
  return takeFirst(borrow(enough * dim), count * dim);
}

function createBilinear(kernels: Kernels, options: BilinearOptions): BilinearTraining {
  const bilinear = kernels.createBilinear(options);
  return {
    prepare: (batch) => kernels.bilinearPrepare(bilinear, batch),
    start: (tables, factor) => kernels.bilinearStart(bilinear, tables, factor),
    finish: () => kernels.bilinearSettle(bilinear),
    flush: (tables) => kernels.bilinearFlush(bilinear, tables),
  };
}

/** Multiplies a tile of the scores at a time: memory does not grow with queries × items. */
function rankTargets(
  kernels: Kernels,
  { scores, itemCount, seen, relevant, seenRank = 'none', top = 0 }: RankTargetsOptions,
): TargetRanks {
  const length = Math.min(top, itemCount);
  const out = allocateRanks(relevant, length);
  const queryCount = out.found.length;
  const ranking = {
    ...{ queryCount, itemCount, seenLast: seenRank === 'last', top: length },
    ...{ seenOffsets: seen.offsets, seenIds: seen.ids },
    ...{ relevantOffsets: relevant.offsets, relevantIds: relevant.ids },
    ...{ outRanks: out.ranks, outBestRanks: out.bestRanks, outWorstRanks: out.worstRanks },
    ...{ outFound: out.found, outCandidateCounts: out.candidateCounts, outTop: out.top },
    outTopScores: out.topScores,
  };
  let wrongItem: number;
  if ('bags' in scores) {
    const { bags, sparseTable } = scores;
    wrongItem = kernels.rankSparse({
      ...{ ...ranking, rowOffsets: bags.offsets, rowIds: bags.ids, rowWeights: bags.weights },
      ...{ tableOffsets: sparseTable.offsets, tableIds: sparseTable.ids, tableWeights: sparseTable.weights },
    });
  } else if ('rows' in scores) wrongItem = kernels.rankScores({ ...ranking, scores: scores.rows });
  else {
    const { vectors, table, bias } = scores;
    wrongItem = kernels.rankTargets({ ...ranking, vectors, table, bias, dim: table.length / itemCount });
  }
  if (wrongItem >= 0) rejectNaN(wrongItem);
  return out;
}
