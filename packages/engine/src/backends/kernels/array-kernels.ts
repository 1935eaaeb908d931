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

/**
 * Adapts the kernels of `@footlight/kernels`, which have positional parameters, to the inputs that the engine's
 * operations use.
 */
export function createArrayKernels({ name, kernels, arrays }: Build): OptionalArrayKernels {
  return {
    // the addon's own memory may use huge pages, in which distant rows are found faster
    allocateZeros: ({ length }) => (name === 'native' ? kernels.zeros(length) : arrays.allocateZeros(length)),
    allocateInts: ({ length }) => arrays.allocateInts(length),

    fillNormal({ values, rng, mean, deviation }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillNormal(values, state, mean, deviation));
      return values;
    },
    fillUniform({ values, rng, low, high }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillUniform(values, state, low, high));
      return values;
    },
    fillDropoutMask({ values, rng, rate }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => kernels.fillMask(values, state, rate));
      return values;
    },

    gatherRows({ table, dim, ids, out }) {
      if (ids.length > 0) kernels.gatherRows(table, ids, out, 1, 1, table.length / dim, dim);
      return out;
    },
    sumRows({ table, dim, bags: { offsets, ids, weights }, out }) {
      kernels.sumRows(table, dim, offsets, ids, weights, out);
      return out;
    },
    sumRowsGradient: (inputs) => sumRowsGradient(kernels, inputs),
    sumRowsAndBiasesGradient: (inputs) => sumRowsAndBiasesGradient(kernels, inputs),
    scoreRows({ vectors, table, bias, dim, candidates, out }) {
      kernels.scoreRows(vectors, table, bias, dim, candidates.ids, out);
      return out;
    },

    updateDense({ optimizer, step, factor, weights, slots: [first, second], gradient }) {
      kernels.optimizerDense(optimizer, step, factor, weights, first, second, gradient);
      return weights;
    },
    updateRows({ optimizer, step, factor, weights, slots: [first, second], gradient: { ids, values }, slotOfRow }) {
      const dense = optimizer.rows === 'dense';
      kernels.optimizerRows(optimizer, step, factor, weights, first, second, ids, values, slotOfRow, dense);
      return weights;
    },
    createBilinear: (options) => createBilinear(kernels, options),

    leastSquaresGram({ columns, dim, regularization }) {
      const gram = new Float32Array(dim * dim);
      kernels.leastSquaresGram(gram, columns, dim, regularization);
      return gram;
    },
    solveLeastSquares({ rows, columns, dim, entries: { offsets, ids }, confidences, regularization, steps, gram }) {
      kernels.solveLeastSquares(rows, columns, dim, offsets, ids, confidences, regularization, steps, gram);
      return rows;
    },
    nearestSets({ sets, members, count, similarity, shrink, range: [begin, end] = [0, sets.offsets.length - 1] }) {
      const length = (end - begin) * count;
      const [ids, similarities] = [new Int32Array(length), new Float32Array(length)];
      const lists = [sets.offsets, sets.ids, members.offsets, members.ids] as const;
      kernels.overlapNeighbours(ids, similarities, ...lists, similarity, shrink, begin, end);
      return { ids, similarities };
    },
    rankTargets: (options) => rankTargets(kernels, options),
  };
}

function sumRowsGradient(kernels: Kernels, { gradients, dim, bags, rowCount }: SumRowsGradientInputs): RowGradient {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const [found, values] = [new Int32Array(most), borrowRows(most, rowCount, dim)];
  const count = kernels.sumRowsGradient(gradients, dim, offsets, ids, weights, rowCount, found, values);
  return { kind: 'rows', ids: found.subarray(0, count), values: takeFirst(values, count * dim) };
}

function sumRowsAndBiasesGradient(
  kernels: Kernels,
  { gradients, dim, bags, rowCount }: SumRowsGradientInputs,
): [rows: RowGradient, biases: RowGradient] {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const [found, values, sums] = [new Int32Array(most), borrowRows(most, rowCount, dim), borrowRows(most, rowCount, 1)];
  const count = kernels.sumRowsGradient(gradients, dim, offsets, ids, weights, rowCount, found, values, sums);
  const own = found.subarray(0, count);
  return [
    { kind: 'rows', ids: own, values: takeFirst(values, count * dim) },
    { kind: 'rows', ids: own, values: takeFirst(sums, count) },
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
  const rest = [
    ...([seen.offsets, seen.ids, relevant.offsets, relevant.ids, seenRank === 'last', length] as const),
    ...([out.ranks, out.bestRanks, out.worstRanks, out.found, out.candidateCounts, out.top] as const),
  ] as const;
  let wrongItem: number;
  if ('rows' in scores) wrongItem = kernels.rankScores(scores.rows, queryCount, itemCount, ...rest);
  else {
    const { vectors, table, bias } = scores;
    wrongItem = kernels.rankTargets(vectors, table, bias, queryCount, itemCount, table.length / itemCount, ...rest);
  }
  if (wrongItem >= 0) rejectNaN(wrongItem);
  return out;
}
