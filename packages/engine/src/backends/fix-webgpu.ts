import { tf } from '../tfjs/tfjs.js';

interface Info {
  readonly dataId: object;
  readonly shape: number[];
  readonly dtype: string;
}

interface Call {
  readonly inputs: { readonly [name: string]: Info; readonly x: Info };
  readonly backend: {
    makeTensorInfo(shape: number[], dtype: string, values: Float32Array | Int32Array): Info;
    disposeData(id: object): void;
  };
  readonly attrs: Readonly<Record<string, unknown>>;
}

type Run = (call: Call) => Info;

let isFixed = false;

/**
 * Replaces kernels of TensorFlow.js's WebGPU backend that are wrong in 4.22:
 *
 * - `Cumsum` from the end compiles the length of the axis into a program that it then uses for other lengths. It is
 *   computed from the beginning of the reversed axis.
 * - `Sum` of no entries fails. It is 0.
 * - `Cast` from integers or booleans to floats gives the same memory another type, which `Transpose` and others cannot
 *   read: their results are 0. It multiplies by 1, which writes floats.
 */
export function fixWebgpu(): void {
  if (isFixed) return;
  isFixed = true;
  replace('Cumsum', (original, call) => {
    if (!call.attrs['reverse']) return original(call);
    const flip = (x: Info): Info => find('Reverse')({ ...call, inputs: { x }, attrs: { dims: [call.attrs['axis']] } });
    const flipped = flip(call.inputs.x);
    const sums = original({ ...call, inputs: { x: flipped }, attrs: { ...call.attrs, reverse: false } });
    const result = flip(sums);
    for (const { dataId } of [flipped, sums]) call.backend.disposeData(dataId);
    return result;
  });
  replace('Sum', (original, call) => {
    const { shape, dtype } = call.inputs.x;
    if (tf.util.sizeFromShape(shape) > 0) return original(call);
    const { axis, keepDims } = call.attrs as { axis: number | number[]; keepDims: boolean };
    const axes = new Set(tf.util.parseAxisParam(axis, shape));
    const left = shape.flatMap((size, at) => (axes.has(at) ? (keepDims ? [1] : []) : [size]));
    const size = tf.util.sizeFromShape(left);
    return call.backend.makeTensorInfo(
      left,
      dtype,
      dtype === 'float32' ? new Float32Array(size) : new Int32Array(size),
    );
  });
  replace('Cast', (original, call) => {
    const { x } = call.inputs;
    if (call.attrs['dtype'] !== 'float32' || !(x.dtype === 'int32' || x.dtype === 'bool')) return original(call);
    const one = call.backend.makeTensorInfo([], 'float32', Float32Array.of(1));
    const floats = find('Multiply')({ ...call, inputs: { x, a: x, b: one }, attrs: {} });
    call.backend.disposeData(one.dataId);
    return floats;
  });
}

function replace(name: string, run: (original: Run, call: Call) => Info): void {
  const kernel = tf.getKernel(name, 'webgpu');
  const original = find(name);
  tf.unregisterKernel(name, 'webgpu');
  tf.registerKernel({ ...kernel, kernelFunc: (call) => run(original, call as unknown as Call) as tf.TensorInfo });
}

function find(name: string): Run {
  return tf.getKernel(name, 'webgpu').kernelFunc as unknown as Run;
}
