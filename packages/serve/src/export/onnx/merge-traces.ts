import { invalid } from '@footlight/core';
import type { KernelTrace, TracedKernel, TracedTensor, TracedValues } from '@footlight/engine';
import type { Dimension } from './graph-builder.js';

/** A tensor of a graph for batches of any length. */
export interface SymbolicTensor {
  readonly id: number;
  readonly shape: readonly Dimension[];
  readonly dtype: TracedTensor['dtype'];
  /** Present for constants. */
  readonly values?: TracedValues;
  /** Shape of `values`, which are repeated along the axes of the batch: those of a batch of 1. */
  readonly valuesShape?: readonly number[];
}

/** A kernel of such a graph; numbers of its attributes may be multiples of the batch. */
export interface SymbolicKernel {
  readonly name: string;
  readonly inputs: Readonly<Record<string, SymbolicTensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly SymbolicTensor[];
}

export interface SymbolicGraph {
  readonly inputs: Readonly<Record<string, SymbolicTensor>>;
  /** Those that the outputs depend on. */
  readonly kernels: readonly SymbolicKernel[];
  readonly outputs: Readonly<Record<string, SymbolicTensor>>;
}

/**
 * Merges two traces of a computation, of batches of different lengths and values, to a graph for batches of any length:
 * a number that differs must be a multiple of the length, and all else must be equal.
 *
 * @throws {RecsysError} `invalid-argument` if it is not, so that the computation depends on the values of the batch in
 *   a way that the trace does not show
 */
export function mergeTraces(
  where: string,
  first: KernelTrace,
  second: KernelTrace,
  lengths: readonly [number, number],
): SymbolicGraph {
  const refuse = (what: string): never =>
    invalid(where, 'a model whose computation is the same for all batches', what, 'Export its lists instead.');
  const [kernels, others] = [keepNeeded(first), keepNeeded(second)];
  const names = (list: readonly TracedKernel[]) => list.map(({ name }) => name).join(' ');
  if (names(kernels) !== names(others)) return refuse('one whose steps depend on the batch');

  const mergeNumber = (one: number, two: number): Dimension => {
    if (one === two) return one;
    const batches = one / lengths[0];
    if (!Number.isInteger(batches) || batches * lengths[1] !== two) return refuse(`a length of ${one}, then ${two}`);
    return { batches };
  };
  const mergeAttribute = (one: unknown, two: unknown): unknown => {
    if (typeof one === 'number' && typeof two === 'number') return mergeNumber(one, two);
    if (Array.isArray(one) && Array.isArray(two) && one.length === two.length)
      return one.map((each, at) => mergeAttribute(each, two[at]));
    return JSON.stringify(one) === JSON.stringify(two) ? one : refuse('an option that depends on the batch');
  };
  const merged = new Map<number, SymbolicTensor>();
  const merge = (one: TracedTensor, two: TracedTensor): SymbolicTensor => {
    const known = merged.get(one.id);
    const shape = one.shape.map((size, axis) => mergeNumber(size, two.shape[axis]!));
    if (known && JSON.stringify(known.shape) === JSON.stringify(shape)) return known;
    if (one.dtype !== two.dtype || !one.values !== !two.values) return refuse('values that depend on the batch');
    const constant = one.values && two.values && mergeValues(one, two, shape, refuse);
    const tensor: SymbolicTensor = { id: one.id, shape, dtype: one.dtype, ...constant };
    if (!known) merged.set(one.id, tensor);
    return tensor;
  };
  const mergeAll = (one: Readonly<Record<string, TracedTensor>>, two: Readonly<Record<string, TracedTensor>>) =>
    Object.fromEntries(Object.entries(one).map(([key, tensor]) => [key, merge(tensor, two[key]!)]));
  return {
    inputs: mergeAll(first.inputs, second.inputs),
    kernels: kernels.map((kernel, at) => ({
      name: kernel.name,
      inputs: mergeAll(kernel.inputs, others[at]!.inputs),
      attributes: mergeFields(kernel.attributes, others[at]!.attributes, mergeAttribute),
      outputs: kernel.outputs.map((output, index) => merge(output, others[at]!.outputs[index]!)),
    })),
    outputs: mergeAll(first.outputs, second.outputs),
  };
}

function mergeFields(
  one: Readonly<Record<string, unknown>>,
  two: Readonly<Record<string, unknown>>,
  merge: (one: unknown, two: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, merge(value, two[key])]));
}

/** The kernels that the outputs depend on. */
function keepNeeded({ kernels, outputs }: KernelTrace): readonly TracedKernel[] {
  const needed = new Set(Object.values(outputs).map(({ id }) => id));
  return kernels
    .toReversed()
    .filter((kernel) => {
      const isNeeded = kernel.outputs.some(({ id }) => needed.has(id));
      if (isNeeded) for (const { id } of Object.values(kernel.inputs)) needed.add(id);
      return isNeeded;
    })
    .reverse();
}

/** Equal values; along an axis of the batch they repeat, and those of a batch of 1 are kept. */
function mergeValues(
  one: TracedTensor,
  two: TracedTensor,
  shape: readonly Dimension[],
  refuse: (what: string) => never,
): Pick<SymbolicTensor, 'values' | 'valuesShape'> {
  const valuesShape = shape.map((size) => (typeof size === 'number' ? size : size.batches));
  const [values, others] = [one, two].map((tensor) => takeFirst(tensor, valuesShape, refuse)) as [
    TracedValues,
    TracedValues,
  ];
  if (values !== others && values.some((value, at) => !Object.is(value, others[at])))
    return refuse('values that depend on the batch');
  return { values, valuesShape };
}

function takeFirst({ values, shape }: TracedTensor, kept: readonly number[], refuse: (what: string) => never) {
  if (shape.every((size, axis) => size === kept[axis])) return values!;
  const first = new (values!.constructor as Float32ArrayConstructor)(kept.reduce((product, size) => product * size, 1));
  const filled = new Uint8Array(first.length);
  for (let at = 0; at < values!.length; at++) {
    let [rest, target, stride] = [at, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      target += ((rest % shape[axis]!) % kept[axis]!) * stride;
      rest = Math.floor(rest / shape[axis]!);
      stride *= kept[axis]!;
    }
    if (filled[target] && !Object.is(first[target], values![at])) return refuse('values that differ within a batch');
    first[target] = values![at]!;
    filled[target] = 1;
  }
  return first as TracedValues;
}
