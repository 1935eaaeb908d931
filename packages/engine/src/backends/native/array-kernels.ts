import type { Kernels } from '@footlight/kernels';
import type { RowGradient } from '../../gradient.js';
import type { ArrayKernels, BilinearOptions, BilinearTraining, SumRowsGradientInputs } from '../../kernels.js';
import { borrow } from '../../memory.js';
import { allocateRanks, rejectNaN } from '../../ops/target-ranks.js';
import type { RankTargetsOptions, TargetRanks } from '../../ops/types.js';

/** Kernels on arrays in C++. Each returns `undefined` for inputs that it does not support. */
export type NativeArrayKernels = {
  readonly [Name in keyof ArrayKernels]: (
    inputs: Parameters<ArrayKernels[Name]>[0],
  ) => ReturnType<ArrayKernels[Name]> | undefined;
};

/**
 * Adapts the kernels of `@footlight/kernels`, which have positional parameters, to the inputs that the engine's
 * operations use.
 */
export function createArrayKernels(native: Kernels): NativeArrayKernels {
  return {
    allocateZeros: ({ length }) => native.zeros(length),

    fillNormal({ values, rng, mean, deviation }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => native.fillNormal(values, state, mean, deviation));
      return values;
    },
    fillUniform({ values, rng, low, high }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => native.fillUniform(values, state, low, high));
      return values;
    },
    fillDropoutMask({ values, rng, rate }) {
      if (!rng.advance) return undefined;
      rng.advance((state) => native.fillMask(values, state, rate));
      return values;
    },

    gatherRows({ table, dim, ids, out }) {
      if (ids.length > 0) native.gatherRows(table, ids, out, 1, 1, table.length / dim, dim);
      return out;
    },
    sumRows({ table, dim, bags: { offsets, ids, weights }, out }) {
      native.sumRows(table, dim, offsets, ids, weights, out);
      return out;
    },
    sumRowsGradient: (inputs) => sumRowsGradient(native, inputs),
    sumRowsAndBiasesGradient: (inputs) => sumRowsAndBiasesGradient(native, inputs),
    scoreRows({ vectors, table, bias, dim, candidates, out }) {
      native.scoreRows(vectors, table, bias, dim, candidates.ids, out);
      return out;
    },

    updateDense({ optimizer, step, factor, weights, slots: [first, second], gradient }) {
      native.optimizerDense(optimizer, step, factor, weights, first, second, gradient);
      return weights;
    },
    updateRows({ optimizer, step, factor, weights, slots: [first, second], gradient: { ids, values }, slotOfRow }) {
      const dense = optimizer.rows === 'dense';
      native.optimizerRows(optimizer, step, factor, weights, first, second, ids, values, slotOfRow, dense);
      return weights;
    },
    createBilinear: (options) => createBilinear(native, options),

    leastSquaresGram({ columns, dim, regularization }) {
      const gram = new Float32Array(dim * dim);
      native.leastSquaresGram(gram, columns, dim, regularization);
      return gram;
    },
    solveLeastSquares({ rows, columns, dim, entries: { offsets, ids }, confidences, regularization, steps, gram }) {
      native.solveLeastSquares(rows, columns, dim, offsets, ids, confidences, regularization, steps, gram);
      return rows;
    },
    nearestSets({ sets, members, count, similarity, shrink, range: [begin, end] = [0, sets.offsets.length - 1] }) {
      const length = (end - begin) * count;
      const [ids, similarities] = [new Int32Array(length), new Float32Array(length)];
      const lists = [sets.offsets, sets.ids, members.offsets, members.ids] as const;
      native.overlapNeighbours(ids, similarities, ...lists, similarity, shrink, begin, end);
      return { ids, similarities };
    },
    rankTargets: (options) => rankTargets(native, options),
  };
}

function sumRowsGradient(native: Kernels, { gradients, dim, bags, rowCount }: SumRowsGradientInputs): RowGradient {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const [found, values] = [new Int32Array(most), borrowRows(most, rowCount, dim)];
  const count = native.sumRowsGradient(gradients, dim, offsets, ids, weights, rowCount, found, values);
  return { kind: 'rows', ids: found.subarray(0, count), values: values.subarray(0, count * dim) };
}

function sumRowsAndBiasesGradient(
  native: Kernels,
  { gradients, dim, bags, rowCount }: SumRowsGradientInputs,
): [rows: RowGradient, biases: RowGradient] {
  const { offsets, ids, weights } = bags;
  const most = Math.min(rowCount, ids.length);
  const [found, values, sums] = [new Int32Array(most), borrowRows(most, rowCount, dim), borrowRows(most, rowCount, 1)];
  const count = native.sumRowsGradient(gradients, dim, offsets, ids, weights, rowCount, found, values, sums);
  const own = found.subarray(0, count);
  return [
    { kind: 'rows', ids: own, values: values.subarray(0, count * dim) },
    { kind: 'rows', ids: own, values: sums.subarray(0, count) },
  ];
}

/**
 * Borrows memory for rows. Its length is rounded up to a power of two, so that the next batch, whose number of rows
 * differs, can use the same memory. The part that is not written to costs nothing.
 */
function borrowRows(count: number, rowCount: number, dim: number): Float32Array {
  const enough = Math.min(rowCount, 2 ** Math.ceil(Math.log2(Math.max(1, count))));
  return borrow(enough * dim).subarray(0, count * dim);
}

function createBilinear(native: Kernels, options: BilinearOptions): BilinearTraining {
  const bilinear = native.createBilinear(options);
  return {
    prepare: (batch) => native.bilinearPrepare(bilinear, batch),
    start: (tables, factor) => native.bilinearStart(bilinear, tables, factor),
    finish: () => native.bilinearSettle(bilinear),
    flush: (tables) => native.bilinearFlush(bilinear, tables),
  };
}

/** Multiplies a tile of the scores at a time: memory does not grow with queries × items. */
function rankTargets(
  native: Kernels,
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
  if ('rows' in scores) wrongItem = native.rankScores(scores.rows, queryCount, itemCount, ...rest);
  else {
    const { vectors, table, bias } = scores;
    wrongItem = native.rankTargets(vectors, table, bias, queryCount, itemCount, table.length / itemCount, ...rest);
  }
  if (wrongItem >= 0) rejectNaN(wrongItem);
  return out;
}
