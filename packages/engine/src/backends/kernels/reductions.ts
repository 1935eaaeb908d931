import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { copyStrided } from './copy-strided.js';
import { findCode } from './elementwise.js';
import { type KernelsBackend, readFloats } from './kernels-backend.js';
import { type Kernel, replaceKernel } from './replace-kernel.js';
import { computeStrides } from './strides.js';

/** Replaces the reductions of float tensors: sums, extremes, cumulative sums, softmax and the largest entries. */
export function replaceReductions(build: Build): void {
  const { kernels } = build;
  replaceKernel(build, 'Sum', createReduction(kernels, 'sum'));
  replaceKernel(build, 'Mean', createReduction(kernels, 'sum', true));
  replaceKernel(build, 'Max', createReduction(kernels, 'max'));
  replaceKernel(build, 'Min', createReduction(kernels, 'min'));
  replaceKernel(build, 'Prod', createReduction(kernels, 'prod'));
  replaceKernel(build, 'ArgMax', createArgReduction(kernels, true));
  replaceKernel(build, 'ArgMin', createArgReduction(kernels, false));
  replaceKernel(build, 'Cumsum', createCumulativeSum(kernels));
  replaceKernel(build, 'Softmax', createSoftmax(kernels));
  replaceKernel(build, 'TopK', createTopK(kernels));
}

/** Layout of a reduction over adjacent axes: `[outer, count, inner]`, of which `count` is reduced. */
interface Block {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

function createReduction(kernels: Kernels, name: string, mean = false): Kernel {
  const code = findCode(kernels.reductionNames(), name);
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = readFloats(backend, x);
    if (!values?.length) return undefined;
    const axes = parseAxes(attrs.axis ?? attrs.reductionIndices, x.shape);
    const reduced = x.shape.map((_, axis) => axes.includes(axis));
    const block = findBlock(x.shape, reduced) ?? {
      outer: countOutputs(x.shape, reduced),
      count: values.length / countOutputs(x.shape, reduced),
      inner: 1,
    };
    const inOrder = findBlock(x.shape, reduced) ? values : moveReducedLast(kernels, backend, values, x.shape, reduced);
    const shape = attrs.keepDims
      ? x.shape.map((size, axis) => (reduced[axis] ? 1 : size))
      : x.shape.filter((_, axis) => !reduced[axis]);
    const out = backend.arrays.allocate(block.outer * block.inner);
    kernels.reduce({
      code,
      x: inOrder,
      out,
      outer: block.outer,
      count: block.count,
      inner: block.inner,
      scale: mean ? 1 / block.count : 1,
    });
    if (inOrder !== values) backend.arrays.recycle(inOrder);
    return backend.adopt(out, shape, 'float32');
  };
}

function parseAxes(axis: unknown, shape: number[]): number[] {
  return tf.util.parseAxisParam((axis ?? shape.map((_, at) => at)) as number[], shape);
}

function countOutputs(shape: readonly number[], reduced: readonly boolean[]): number {
  return shape.reduce((size, length, axis) => (reduced[axis] ? size : size * length), 1);
}

/**
 * Finds the layout of a reduction, ignoring axes of size 1. Returns `undefined` if other axes lie between the reduced
 * ones.
 */
function findBlock(shape: readonly number[], reduced: readonly boolean[]): Block | undefined {
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

function moveReducedLast(
  kernels: Kernels,
  backend: KernelsBackend,
  values: Float32Array,
  shape: readonly number[],
  reduced: readonly boolean[],
): Float32Array {
  const order = [...shape.keys()].sort((one, other) => Number(reduced[one]) - Number(reduced[other]) || one - other);
  const sizes = order.map((axis) => shape[axis]!);
  const strides = computeStrides(shape);
  return copyStrided(
    kernels,
    values,
    backend.arrays.allocate(values.length),
    sizes,
    order.map((axis) => strides[axis]!),
    computeStrides(sizes),
  );
}

/** Reduces along the last axis; for another axis, the kernel of tfjs transposes and calls this one. */
function createArgReduction(kernels: Kernels, largest: boolean): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = readFloats(backend, x);
    const [axis] = parseAxes(attrs.axis, x.shape);
    if (!values?.length || axis !== x.shape.length - 1) return undefined;
    const columns = x.shape[axis]!;
    const out = new Int32Array(values.length / columns);
    kernels.argReduce({ largest, x: values, out, rows: out.length, columns });
    return backend.adopt(out, x.shape.slice(0, -1), 'int32');
  };
}

function createCumulativeSum(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = readFloats(backend, x);
    if (!values?.length) return undefined;
    const [axis] = parseAxes(attrs.axis, x.shape) as [number];
    const [steps, inner] = [x.shape[axis]!, tf.util.sizeFromShape(x.shape.slice(axis + 1))];
    const out = backend.arrays.allocate(values.length);
    kernels.cumulativeSum({
      x: values,
      out,
      outer: values.length / (steps * inner),
      steps,
      inner,
      exclusive: Boolean(attrs.exclusive),
      reverse: Boolean(attrs.reverse),
    });
    return backend.adopt(out, x.shape, 'float32');
  };
}

/**
 * Finds the largest entries along the last axis, the first of equals first: a ranking without seen items and targets.
 */
function createTopK(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const x = inputs.x!;
    const values = readFloats(backend, x);
    const [columns, count] = [x.shape.at(-1) ?? 1, attrs.k as number];
    if (!values?.length || count === 0) return undefined;
    const rows = values.length / columns;
    const [noIds, noOffsets, places] = [new Int32Array(0), new Int32Array(rows + 1), new Int32Array(rows * count)];
    const wrong = kernels.rankScores({
      ...{ scores: values, queryCount: rows, itemCount: columns, top: count },
      ...{ seenOffsets: noOffsets, seenIds: noIds, relevantOffsets: noOffsets, relevantIds: noIds },
      ...{ outRanks: noIds, outBestRanks: noIds, outWorstRanks: noIds, outTop: places },
      ...{ outFound: new Int32Array(rows), outCandidateCounts: new Int32Array(rows) },
    });
    if (wrong >= 0) return undefined; // tfjs defines an order of its own for NaN
    const best = backend.arrays.allocate(places.length);
    for (let at = 0; at < best.length; at++) best[at] = values[Math.floor(at / count) * columns + places[at]!]!;
    const shape = [...x.shape.slice(0, -1), count];
    return [backend.adopt(best, shape, 'float32'), backend.adopt(places, shape, 'int32')];
  };
}

function createSoftmax(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { shape } = inputs.logits!;
    const values = readFloats(backend, inputs.logits!);
    if (!values?.length || (attrs.dim !== -1 && attrs.dim !== shape.length - 1)) return undefined;
    const columns = shape.at(-1) ?? 1;
    const out = backend.arrays.allocate(values.length);
    kernels.softmax({ x: values, out, rows: values.length / columns, columns });
    return backend.adopt(out, shape, 'float32');
  };
}
