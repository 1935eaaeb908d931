import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { readFloats, readInts } from './kernels-backend.js';
import { type Kernel, replaceKernel } from './replace-kernel.js';

/** Replaces the kernels that read or write rows by their ids: gather, its gradient, and one-hot encoding. */
export function replaceIndexing(build: Build): void {
  const { kernels } = build;
  replaceKernel(build, 'GatherV2', createGather(kernels));
  replaceKernel(build, 'UnsortedSegmentSum', createSegmentSum(kernels));
  replaceKernel(build, 'OneHot', createOneHot(kernels));
}

function createGather(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { x, indices } = inputs as Record<'x' | 'indices', tf.TensorInfo>;
    const values = readFloats(backend, x);
    const ids = readInts(backend, indices);
    if (!values?.length || !ids?.length) return undefined;
    const axis = tf.util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      tf.backend_util.segment_util.collectGatherOpShapeInfo(
        x as tf.Tensor,
        indices as tf.Tensor,
        axis,
        (attrs.batchDims as number | undefined) ?? 0,
      );
    const out = backend.arrays.allocate(tf.util.sizeFromShape(outputShape));
    kernels.gatherRows({ x: values, ids, out, batch: batchSize, outer: outerSize, rows: dimSize, inner: sliceSize });
    return backend.adopt(out, outputShape, 'float32');
  };
}

function createSegmentSum(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', tf.TensorInfo>;
    const values = readFloats(backend, x);
    const ids = readInts(backend, segmentIds);
    const count = attrs.numSegments as number;
    if (!values?.length || !ids?.length || segmentIds.shape.length !== 1 || ids.length !== x.shape[0] || count === 0)
      return undefined;
    const inner = values.length / ids.length;
    const out = backend.arrays.allocate(count * inner);
    kernels.sumSegments({ x: values, ids, out, segments: count, inner });
    return backend.adopt(out, [count, ...x.shape.slice(1)], 'float32');
  };
}

function createOneHot(kernels: Kernels): Kernel {
  return ({ inputs, attrs, backend }) => {
    const { indices } = inputs as Record<'indices', tf.TensorInfo>;
    const { dtype, depth, onValue, offValue } = attrs as {
      dtype: string;
      depth: number;
      onValue: number;
      offValue: number;
    };
    const ids = readInts(backend, indices);
    if (!ids?.length || depth === 0 || dtype !== 'float32') return undefined;
    const out = backend.arrays.allocate(ids.length * depth);
    kernels.oneHot({ ids, out, depth, on: onValue, off: offValue });
    return backend.adopt(out, [...indices.shape, depth], 'float32');
  };
}
