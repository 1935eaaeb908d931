import type { Described } from '@footlight/core';
import type { BilinearOptimizer } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { release, updateValues, zeros } from '../memory.js';
import { addRows, type Gradient, type RowGradient } from '../value-and-gradients.js';
import type { Optimizer, Rows, SlotState } from './types.js';

/** Changes `length` entries of `weights` from `at` on, given their gradients from `from` on; slots lie as the weights do. */
export type Kernel = (
  weights: Float32Array,
  at: number,
  gradient: Float32Array,
  from: number,
  length: number,
  slots: readonly Float32Array[],
) => void;

/** The mathematics of an optimizer. */
export interface Rule extends Described {
  readonly rows: Rows;
  /** Names of what it remembers per entry, e.g. first and second moments. */
  readonly slots: readonly string[];
  /** The update of step `step`, counted from 1, with `factor` on the learning rate. */
  kernelAt(step: number, factor: number): Kernel;
}

/** An optimizer out of its rule: keeps slots by path, merges repeated rows, and applies the rule to rows or to whole tables. */
export function createOptimizer(rule: Rule): Optimizer {
  let step = 0;
  const slots = new Map<string, Float32Array>(); // `path:slot`
  const scratch = new Map<string, Scratch>(); // by path

  const slotsOf = (path: string, size: number): Float32Array[] =>
    rule.slots.map((name) => {
      const key = `${path}:${name}`;
      const found = slots.get(key) ?? zeros(size);
      slots.set(key, found);
      return found;
    });

  const scratchOf = (path: string, rows: number): Scratch => {
    const found = scratch.get(path) ?? { slotOfRow: new Int32Array(rows).fill(-1) };
    scratch.set(path, found);
    return found;
  };

  return {
    name: rule.name,
    protocol: rule.protocol,
    apply(parameters, gradients, { factor = 1 } = {}) {
      step++;
      const kernel = rule.kernelAt(step, factor);
      for (const [path, variable] of parameters) {
        const gradient = gradients.get(path);
        if (!gradient) continue;
        const own = slotsOf(path, variable.size);
        updateValues(variable, (weights) => {
          if (updateNatively(rule, step, factor, weights, own, gradient, () => scratchOf(path, variable.shape[0] ?? 1)))
            return;
          if (gradient.kind === 'rows' && rule.rows === 'lazy')
            updateRows(kernel, weights, mergeRows(gradient, scratchOf(path, variable.shape[0]!)), own);
          else
            kernel(
              weights,
              0,
              denseValues(gradient, variable.size, scratchOf(path, variable.shape[0] ?? 1)),
              0,
              variable.size,
              own,
            );
        });
        release(gradient.values);
      }
    },
    memory: {
      get steps() {
        return step;
      },
      set steps(count) {
        step = count;
      },
      slots: slotsOf,
    },
    state() {
      const moments = [...slots].map(([key, values]): [string, SlotState] => [key, { shape: [values.length], values }]);
      return new Map<string, SlotState>([['step', { shape: [1], values: Float64Array.of(step) }], ...moments]);
    },
    restore(state) {
      slots.clear();
      for (const [key, { values }] of state) {
        if (key === 'step') continue;
        const own = zeros(values.length);
        own.set(values);
        slots.set(key, own);
      }
      step = state.get('step')?.values[0] ?? 0;
    },
  };
}

/** The same update in C++; other backends keep to the rule as written, so that what they compute does not hang on what is installed. */
function updateNatively(
  rule: Rule,
  step: number,
  factor: number,
  weights: Float32Array,
  [first, second]: readonly Float32Array[],
  gradient: Gradient,
  scratch: () => Scratch,
): boolean {
  const kernels = tf.getBackend() === 'native' ? loadNativeKernels() : undefined;
  if (!kernels) return false;
  const optimizer = rule.protocol as unknown as BilinearOptimizer;
  if (gradient.kind === 'dense')
    kernels.optimizerDense(optimizer, step, factor, weights, first, second, gradient.values);
  else {
    const { ids, values } = gradient;
    kernels.optimizerRows(
      optimizer,
      step,
      factor,
      weights,
      first,
      second,
      ids,
      values,
      scratch().slotOfRow,
      rule.rows === 'dense',
    );
  }
  return true;
}

/** Memory that is kept from step to step and is clean between steps. */
interface Scratch {
  readonly slotOfRow: Int32Array; // [row of the table], −1 = not met
  dense?: Float32Array;
}

function updateRows(
  kernel: Kernel,
  weights: Float32Array,
  { ids, values }: RowGradient,
  slots: readonly Float32Array[],
): void {
  const dim = values.length / Math.max(1, ids.length);
  for (let row = 0; row < ids.length; row++) kernel(weights, ids[row]! * dim, values, row * dim, dim, slots);
}

/** Adds up the entries of rows that occur more than once. */
function mergeRows({ ids, values }: RowGradient, { slotOfRow }: Scratch): RowGradient {
  const dim = values.length / Math.max(1, ids.length);
  const unique = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    const slot = slotOfRow[id]!;
    if (slot >= 0) for (let d = 0; d < dim; d++) values[slot * dim + d]! += values[row * dim + d]!;
    else {
      slotOfRow[id] = count;
      unique[count] = id;
      if (count !== row) values.copyWithin(count * dim, row * dim, (row + 1) * dim);
      count++;
    }
  }
  for (let slot = 0; slot < count; slot++) slotOfRow[unique[slot]!] = -1;
  return { kind: 'rows', ids: unique.subarray(0, count), values: values.subarray(0, count * dim) };
}

function denseValues(gradient: Gradient, size: number, scratch: Scratch): Float32Array {
  if (gradient.kind === 'dense') return gradient.values;
  scratch.dense ??= new Float32Array(size);
  scratch.dense.fill(0);
  addRows(scratch.dense, gradient, gradient.values.length / Math.max(1, gradient.ids.length));
  return scratch.dense;
}
