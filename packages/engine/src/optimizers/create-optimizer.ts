import { assertNumber, invalid } from '@footlight/core';
import { addRows, findTensor, type RowGradient } from '../gradient.js';
import { holdsTensorsElsewhere, release } from '../memory.js';
import { runKernel } from '../run-kernel.js';
import { updateValues } from '../variables.js';
import { createSlots } from './slots.js';
import type { FusedOptimizer, Optimizer, SlotState } from './types.js';
import { type TensorUpdate, updateOnDevice } from './update-on-device.js';

/**
 * Updates `length` entries of `weights` from position `at`, given their gradients from position `from`. Slots have the
 * positions of the weights.
 */
export type Update = (
  weights: Float32Array,
  at: number,
  gradient: Float32Array,
  from: number,
  length: number,
  slots: readonly Float32Array[],
) => void;

/** The mathematics of an optimizer. */
export interface OptimizerRule {
  /** Reproducible text for reports, e.g. `adam(0.01)`. */
  readonly name: string;
  /** The options, defaults spelled out. */
  readonly protocol: FusedOptimizer;
  /** Names of the state per entry, e.g. first and second moments. */
  readonly slots: readonly string[];
  /** Creates the update of step `step`, counted from 1, with `factor` on the learning rate. */
  createUpdate(step: number, factor: number): Update;
  /** Creates the same update as tensor operations. */
  createTensorUpdate(step: number, factor: number): TensorUpdate;
}

/**
 * Creates an optimizer from its rule: keeps the state by path, merges repeated rows, and applies the rule to rows or to
 * whole tables.
 */
export function createOptimizer(rule: OptimizerRule): Optimizer {
  const optimizer = rule.protocol;
  let step = 0;
  const slots = createSlots(rule.slots, failRestore);
  const scratch = new Map<string, Scratch>(); // by path

  const findScratch = (path: string, rows: number): Scratch => {
    const found = scratch.get(path) ?? { slotOfRow: allocateInts(rows).fill(-1) };
    scratch.set(path, found);
    return found;
  };

  return {
    name: rule.name,
    protocol: optimizer,
    apply(parameters, gradients, { factor = 1 } = {}) {
      assertNumber(`${rule.name}.apply(factor)`, factor);
      if (!holdsTensorsElsewhere())
        for (const [path, { size }] of parameters) if (gradients.has(path)) slots.arrays(path, size); // or none changes
      step++;
      const update = rule.createUpdate(step, factor);
      const tensorUpdate = holdsTensorsElsewhere() ? rule.createTensorUpdate(step, factor) : undefined;
      for (const [path, variable] of parameters) {
        const gradient = gradients.get(path);
        if (!gradient) continue;
        if (tensorUpdate) {
          const before = slots.tensors(path, variable.shape);
          const { rows } = optimizer;
          slots.replace(path, updateOnDevice(tensorUpdate, { variable, gradient, slots: before, rows }));
          findTensor(gradient)?.dispose();
          continue;
        }
        const own = slots.arrays(path, variable.size);
        updateValues(variable, (weights) => {
          const inputs = { optimizer, step, factor, weights, slots: own };
          if (gradient.kind === 'dense')
            runKernel('updateDense', { ...inputs, gradient: gradient.values }, () => {
              update(weights, 0, gradient.values, 0, variable.size, own);
              return weights;
            });
          else {
            const rowScratch = findScratch(path, variable.shape[0] ?? 1);
            runKernel('updateRows', { ...inputs, gradient, slotOfRow: rowScratch.slotOfRow }, () => {
              if (optimizer.rows === 'lazy') updateRows(update, weights, mergeRows(gradient, rowScratch), own);
              else update(weights, 0, toDense(gradient, variable.size, rowScratch), 0, variable.size, own);
              return weights;
            });
          }
        });
        release(gradient.values);
      }
    },
    memory: {
      optimizer,
      get steps() {
        return step;
      },
      set steps(count) {
        step = count;
      },
      slots: slots.arrays,
    },
    state: () => new Map<string, SlotState>([['step', { shape: [1], values: Float64Array.of(step) }], ...slots.read()]),
    restore(state) {
      assertState(rule, state);
      slots.restore([...state].filter(([key]) => key !== 'step'));
      step = state.get('step')?.values[0] ?? 0;
    },
    unload: slots.unload,
  };
}

/** Checks that a state is of this kind of optimizer: whole steps, and all moments of a parameter, of one size. */
function assertState({ slots: names }: OptimizerRule, state: ReadonlyMap<string, SlotState>): void {
  const { values = [0] } = state.get('step') ?? {};
  const [step] = values as ArrayLike<number> & [number];
  if (values.length !== 1 || !Number.isSafeInteger(step) || step < 0) failRestore('a whole number of steps', step);
  for (const [key, slot] of state) {
    if (key === 'step') continue;
    const path = key.slice(0, key.lastIndexOf(':'));
    if (!names.includes(key.slice(path.length + 1)))
      failRestore(`moments named ${names.join(' or ') || '(none)'}`, key);
    for (const name of names) {
      const size = state.get(`${path}:${name}`)?.values.length;
      if (size !== slot.values.length) failRestore(`${slot.values.length} values of ${path}:${name}`, size ?? 'none');
    }
  }
  if (step > 0 && names.length > 0 && state.size < 2) failRestore(`the moments after ${step} steps`, 'none');
}

function failRestore(expected: string, received: unknown): never {
  return invalid('optimizer.restore', expected, received, 'Restore the state of an optimizer with the same options.');
}

/** Scratch memory of a table, kept between steps and reset after each step. */
interface Scratch {
  /** `[row]`: position of the row in the merged gradient; −1 if it has none. */
  readonly slotOfRow: Int32Array;
  dense?: Float32Array;
}

function allocateInts(length: number): Int32Array {
  return runKernel('allocateInts', { length }, () => new Int32Array(length));
}

function updateRows(
  update: Update,
  weights: Float32Array,
  { ids, values }: RowGradient,
  slots: readonly Float32Array[],
): void {
  const dim = values.length / Math.max(1, ids.length);
  for (let row = 0; row < ids.length; row++) update(weights, ids[row]! * dim, values, row * dim, dim, slots);
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

function toDense(gradient: RowGradient, size: number, scratch: Scratch): Float32Array {
  scratch.dense ??= new Float32Array(size);
  scratch.dense.fill(0);
  addRows(scratch.dense, gradient, gradient.values.length / Math.max(1, gradient.ids.length));
  return scratch.dense;
}
