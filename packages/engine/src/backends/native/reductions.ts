import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { copyWalked } from './data-movement.js';
import { codeOf } from './elementwise.js';
import { type Kernel, replaceKernel } from './kernel.js';
import { floatsOf, type NativeBackend } from './native-backend.js';
import { stridesOf } from './strides.js';

/** Sums, extremes, running sums, softmax and the greatest entries of float tensors. */
export function replaceReductions(kernels: Kernels): void {
  replaceKernel('Sum', reduction(kernels, 'sum'));
  replaceKernel('Mean', reduction(kernels, 'sum', true));
  replaceKernel('Max', reduction(kernels, 'max'));
  replaceKernel('Min', reduction(kernels, 'min'));
  replaceKernel('Prod', reduction(kernels, 'prod'));
  replaceKernel('ArgMax', argument(kernels, true));
  replaceKernel('ArgMin', argument(kernels, false));
  replaceKernel('Cumsum', cumulated(kernels));
  replaceKernel('Softmax', softmax(kernels));
  replaceKernel('TopK', topK(kernels));
}

/** Where the axes that are reduced follow each other: [outer, count, inner]. */
interface Block {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

function reduction(kernels: Kernels, name: string, mean = false): Kernel {
  const code = codeOf(kernels.reductionNames(), name);
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = floatsOf(backend, x);
    if (!values?.length) return undefined;
    const axes = axesOf(attrs.axis ?? attrs.reductionIndices, x.shape);
    const reduced = x.shape.map((_, axis) => axes.includes(axis));
    const block = blockOf(x.shape, reduced) ?? {
      outer: keptSize(x.shape, reduced),
      count: values.length / keptSize(x.shape, reduced),
      inner: 1,
    };
    const inOrder = blockOf(x.shape, reduced) ? values : reducedLast(kernels, backend, values, x.shape, reduced);
    const shape = attrs.keepDims
      ? x.shape.map((size, axis) => (reduced[axis] ? 1 : size))
      : x.shape.filter((_, axis) => !reduced[axis]);
    const out = backend.arrays.take(block.outer * block.inner);
    kernels.reduce(code, inOrder, out, block.outer, block.count, block.inner, mean ? 1 / block.count : 1);
    if (inOrder !== values) backend.arrays.give(inOrder);
    return backend.adopt(out, shape, 'float32');
  };
}

function axesOf(axis: unknown, shape: number[]): number[] {
  return tf.util.parseAxisParam((axis ?? shape.map((_, at) => at)) as number[], shape);
}

function keptSize(shape: readonly number[], reduced: readonly boolean[]): number {
  return shape.reduce((size, length, axis) => (reduced[axis] ? size : size * length), 1);
}

/** Axes of size 1 are passed over. `undefined` if axes that are kept lie between those that are reduced. */
function blockOf(shape: readonly number[], reduced: readonly boolean[]): Block | undefined {
  let [outer, count, inner] = [1, 1, 1];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    if (!reduced[axis]) {
      if (count === 1) outer *= size;
      else inner *= size;
    } else if (inner === 1) count *= size;
    else return undefined;
  }
  return { outer, count, inner };
}

function reducedLast(
  kernels: Kernels,
  backend: NativeBackend,
  values: Float32Array,
  shape: readonly number[],
  reduced: readonly boolean[],
): Float32Array {
  const order = [...shape.keys()].sort((one, other) => Number(reduced[one]) - Number(reduced[other]) || one - other);
  const sizes = order.map((axis) => shape[axis]!);
  const strides = stridesOf(shape);
  return copyWalked(
    kernels,
    values,
    backend.arrays.take(values.length),
    sizes,
    order.map((axis) => strides[axis]!),
    stridesOf(sizes),
  );
}

/** Along the last axis; tfjs's own kernel turns others to it. */
function argument(kernels: Kernels, greatest: boolean): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = floatsOf(backend, x);
    const [axis] = axesOf(attrs.axis, x.shape);
    if (!values?.length || axis !== x.shape.length - 1) return undefined;
    const columns = x.shape[axis]!;
    const out = new Int32Array(values.length / columns);
    kernels.argReduce(greatest, values, out, out.length, columns);
    return backend.adopt(out, x.shape.slice(0, -1), 'int32');
  };
}

function cumulated(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = floatsOf(backend, x);
    if (!values?.length) return undefined;
    const [axis] = axesOf(attrs.axis, x.shape) as [number];
    const [steps, inner] = [x.shape[axis]!, tf.util.sizeFromShape(x.shape.slice(axis + 1))];
    const out = backend.arrays.take(values.length);
    kernels.cumulate(
      values,
      out,
      values.length / (steps * inner),
      steps,
      inner,
      Boolean(attrs.exclusive),
      Boolean(attrs.reverse),
    );
    return backend.adopt(out, x.shape, 'float32');
  };
}

/** The greatest entries along the last axis, the first of equals first: a ranking in which nothing is seen and nothing looked for. */
function topK(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = floatsOf(backend, x);
    const [columns, count] = [x.shape.at(-1) ?? 1, attrs.k as number];
    if (!values?.length || count === 0) return undefined;
    const rows = values.length / columns;
    const [none, nobody, places] = [new Int32Array(0), new Int32Array(rows + 1), new Int32Array(rows * count)];
    const ignored = [none, new Float64Array(0), new Int32Array(rows), new Int32Array(rows)] as const;
    const strange = kernels.rankScores(
      values,
      rows,
      columns,
      nobody,
      none,
      nobody,
      none,
      false,
      count,
      ...ignored,
      places,
    );
    if (strange >= 0) return undefined; // tfjs has an order of its own for what is not a number
    const best = backend.arrays.take(places.length);
    for (let at = 0; at < best.length; at++) best[at] = values[Math.floor(at / count) * columns + places[at]!]!;
    const shape = [...x.shape.slice(0, -1), count];
    return [backend.adopt(best, shape, 'float32'), backend.adopt(places, shape, 'int32')];
  };
}

function softmax(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { shape } = inputs.logits!;
    const values = floatsOf(backend, inputs.logits!);
    if (!values?.length || (attrs.dim !== -1 && attrs.dim !== shape.length - 1)) return undefined;
    const columns = shape.at(-1) ?? 1;
    const out = backend.arrays.take(values.length);
    kernels.softmax(values, out, values.length / columns, columns);
    return backend.adopt(out, shape, 'float32');
  };
}
