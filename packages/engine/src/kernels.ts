import type { Rng } from '@footlight/core';
import type { FusedLoss } from './fused-loss.js';
import type { RowGradient } from './gradient.js';
import type {
  BilinearBatch,
  LeastSquares,
  LeastSquaresGram,
  NearestSets,
  NearestSetsOptions,
  RankTargetsOptions,
  TargetRanks,
} from './ops/types.js';
import type { FusedOptimizer } from './optimizers/types.js';
import type { SparseRows, WeightedRows } from './sparse-rows.js';

/**
 * Kernels on arrays: their names, inputs and outputs. The definition of each, in JavaScript, has the same type; see
 * `runKernel`.
 *
 * Kernels on tensors are not listed here. They are ordinary tfjs kernels with a name that begins with a capital letter.
 */
export interface ArrayKernels {
  /** Allocates zeros for values that live long, such as weights and moments. */
  allocateZeros(inputs: { readonly length: number }): Float32Array;
  /** Allocates integers for scratch memory that lives long. Their values are undefined. */
  allocateInts(inputs: { readonly length: number }): Int32Array;

  /** Fills `values` with normally distributed numbers. @returns `values` */
  fillNormal(
    inputs: RandomInputs & {
      readonly mean: number;
      readonly deviation: number;
    },
  ): Float32Array;
  /** Fills `values` with uniformly distributed numbers. @returns `values` */
  fillUniform(
    inputs: RandomInputs & {
      readonly low: number;
      readonly high: number;
    },
  ): Float32Array;
  /** Fills `values` with 0 at probability `rate`, else with 1 / (1 − rate). @returns `values` */
  fillDropoutMask(
    inputs: RandomInputs & {
      readonly rate: number;
    },
  ): Float32Array;

  /** Copies rows of a table. @returns `out` */
  gatherRows(inputs: GatherRowsInputs): Float32Array;
  /** Sums rows of a table, weighted. @returns `out` */
  sumRows(inputs: SumRowsInputs): Float32Array;
  /** The gradient of `sumRows` with respect to the table. */
  sumRowsGradient(inputs: SumRowsGradientInputs): RowGradient;
  /** The gradients of `sumRows` with respect to the table and to a bias per row, in one pass. */
  sumRowsAndBiasesGradient(inputs: SumRowsGradientInputs): readonly [rows: RowGradient, biases: RowGradient];
  /** Scalar products of each query's vector with the rows of its candidates, plus their biases. @returns `out` */
  scoreRows(inputs: ScoreRowsInputs): Float32Array;

  /** One step of an optimizer with a gradient for every entry. @returns `weights`, updated in place as the slots are */
  updateDense(
    inputs: UpdateInputs & {
      /** `[entry]` */
      readonly gradient: Float32Array;
    },
  ): Float32Array;
  /**
   * One step of an optimizer with gradients for some rows, which are overwritten. @returns `weights`, updated in place
   * as the slots are
   */
  updateRows(
    inputs: UpdateInputs & {
      readonly gradient: RowGradient;
      /** `[row]`: scratch memory, all −1 before and after. */
      readonly slotOfRow: Int32Array;
    },
  ): Float32Array;
  /**
   * Creates fused training steps of a bilinear factorization. There is no definition in JavaScript: callers compose the
   * step instead.
   */
  createBilinear(options: BilinearOptions): BilinearTraining | undefined;

  leastSquaresGram(problem: LeastSquaresGram): Float32Array;
  /** Solves one side of alternating least squares. @returns `rows` of the problem, overwritten */
  solveLeastSquares(problem: LeastSquares): Float32Array;
  nearestSets(options: NearestSetsOptions): NearestSets;
  rankTargets(options: RankTargetsOptions): TargetRanks;
}

interface RandomInputs {
  readonly values: Float32Array;
  readonly rng: Rng;
}

export interface GatherRowsInputs {
  /** `[row, dim]` */
  readonly table: Float32Array;
  readonly dim: number;
  /** `[entry]`: rows of the table. */
  readonly ids: Int32Array;
  /** `[entry, dim]` */
  readonly out: Float32Array;
}

export interface SumRowsInputs {
  /** `[row, dim]` */
  readonly table: Float32Array;
  readonly dim: number;
  /** Rows of the table that each sum adds. */
  readonly bags: WeightedRows;
  /** `[bag, dim]` */
  readonly out: Float32Array;
}

export interface SumRowsGradientInputs {
  /** `[bag, dim]`: gradients of the sums. */
  readonly gradients: Float32Array;
  readonly dim: number;
  readonly bags: WeightedRows;
  /** Number of rows of the table. */
  readonly rowCount: number;
}

export interface ScoreRowsInputs {
  /** `[query, dim]` */
  readonly vectors: Float32Array;
  /** `[row, dim]` */
  readonly table: Float32Array;
  /** `[row]`. Default: none. */
  readonly bias: Float32Array | undefined;
  readonly dim: number;
  /** Rows of the table that are the candidates of each query. */
  readonly candidates: SparseRows;
  /** `[query, candidate]` */
  readonly out: Float32Array;
}

interface UpdateInputs {
  readonly optimizer: FusedOptimizer;
  /** Number of the step, from 1. */
  readonly step: number;
  /** Factor of the learning rate. */
  readonly factor: number;
  /** `[row, dim]` */
  readonly weights: Float32Array;
  /** State of the optimizer, each slot in the shape of the weights. */
  readonly slots: readonly Float32Array[];
}

export interface BilinearOptions {
  readonly users: number;
  readonly items: number;
  readonly dim: number;
  readonly biases: boolean;
  readonly loss: FusedLoss;
  readonly optimizer: FusedOptimizer;
  /** Steps that the optimizer has done before. */
  readonly step: number;
}

/** A parameter and the state of the optimizer for it; both are updated in place. */
export interface BilinearTable {
  /** `[row, dim]`, biases `[row]` */
  readonly weights: Float32Array;
  /** Each in the shape of the weights. */
  readonly slots: readonly Float32Array[];
}

export interface BilinearTables {
  readonly user: BilinearTable;
  readonly item: BilinearTable;
  readonly userBias?: BilinearTable;
  readonly itemBias?: BilinearTable;
}

/** Fused training steps of a bilinear factorization, one after another on a background thread. */
export interface BilinearTraining {
  /** Prepares the next step. The step before may still be running. */
  prepare(batch: BilinearBatch): void;
  /** Starts the prepared step. Nothing else may access the tables until `finish` returns. */
  start(tables: BilinearTables, factor: number): void;
  /** Waits for the step that was started last. @returns its mean loss before the update */
  finish(): number;
  /** Applies the updates that a dense optimizer has postponed. */
  flush(tables: BilinearTables): void;
}
