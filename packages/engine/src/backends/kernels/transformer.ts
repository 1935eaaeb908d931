import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { convertToFloats, type KernelsBackend } from './kernels-backend.js';

type Named = Readonly<Record<string, tf.TensorInfo>>;

/** Attributes of `Attention`, as `runAttention` gives them. */
interface AttentionAttributes {
  readonly heads: number;
  readonly causal?: boolean;
  readonly dropout?: { readonly rate: number; readonly seed: number };
  readonly mask?: Float32Array;
  readonly stepOffsets: Int32Array;
  readonly sourceOffsets: Int32Array;
}

/** Registers the kernels of `attention` and `layerNorm` and of their gradients. */
export function registerTransformerKernels(build: Build): void {
  registerAttention(build);
  registerLayerNormalization(build);
}

/** Outputs: those of the steps, and what the gradient reads, `[step, heads, 2]`. */
function registerAttention({ name, kernels }: Build): void {
  const read = ({ backend, inputs, attrs }: Parameters<tf.KernelFunc>[0], names: readonly string[]) => {
    const own = backend as KernelsBackend;
    const { heads, causal, dropout, mask, stepOffsets, sourceOffsets } = attrs as unknown as AttentionAttributes;
    const given = Object.fromEntries(names.map((each) => [each, convertToFloats(own, (inputs as Named)[each]!)]));
    const options = { heads, causal, mask, stepOffsets, sourceOffsets, dropout: dropout?.rate, seed: dropout?.seed };
    return { backend: own, given: given as Record<string, Float32Array>, options };
  };
  tf.registerKernel({
    kernelName: 'Attention',
    backendName: name,
    kernelFunc(call) {
      const { backend, given, options } = read(call, ['queries', 'keys', 'values']);
      const { shape } = call.inputs.queries as tf.TensorInfo;
      const dim = shape.at(-1)!;
      const [steps, { heads }] = [given.queries!.length / dim, options];
      const [out, outNormalizers] = [backend.arrays.allocate(steps * dim), backend.arrays.allocate(2 * steps * heads)];
      kernels.attention({ ...toVectors(given), ...options, dim, out, outNormalizers });
      return [backend.adopt(out, shape, 'float32'), backend.adopt(outNormalizers, [steps, heads, 2], 'float32')];
    },
  });
  tf.registerKernel({
    kernelName: 'AttentionGradient',
    backendName: name,
    kernelFunc(call) {
      const names = ['queries', 'keys', 'values', 'means', 'normalizers', 'gradients'];
      const { backend, given, options } = read(call, names);
      const shapes = (call.inputs as Named).queries!.shape;
      const { means, normalizers, gradients } = given as Record<(typeof names)[number], Float32Array>;
      const [outQueryGradients, outKeyGradients, outValueGradients] = ['queries', 'keys', 'values'].map((each) =>
        backend.arrays.allocate(given[each]!.length),
      ) as [Float32Array, Float32Array, Float32Array];
      kernels.attentionGradient({
        ...{ ...toVectors(given), ...options, dim: shapes.at(-1)! },
        ...{ means: means!, normalizers: normalizers!, gradients: gradients! },
        ...{ outQueryGradients, outKeyGradients, outValueGradients },
      });
      return [outQueryGradients, outKeyGradients, outValueGradients].map((values, at) =>
        backend.adopt(values, (call.inputs as Named)[['queries', 'keys', 'values'][at]!]!.shape, 'float32'),
      );
    },
  });
}

function toVectors(given: Readonly<Record<string, Float32Array>>) {
  return { queries: given.queries!, keys: given.keys!, values: given.values! };
}

/** Outputs: normalized vectors, and what the gradient reads, `[row, 2]`. */
function registerLayerNormalization({ name, kernels }: Build): void {
  tf.registerKernel({
    kernelName: 'LayerNormalization',
    backendName: name,
    kernelFunc(call) {
      const backend = call.backend as KernelsBackend;
      const { shape } = call.inputs.x as tf.TensorInfo;
      const [x, weight, bias] = ['x', 'weight', 'bias'].map((each) =>
        convertToFloats(backend, (call.inputs as Named)[each]!),
      ) as [Float32Array, Float32Array, Float32Array];
      const dim = weight.length;
      const rows = x.length / dim;
      const [out, outStatistics] = [backend.arrays.allocate(x.length), backend.arrays.allocate(2 * rows)];
      const { epsilon } = call.attrs as unknown as { epsilon: number };
      kernels.layerNormalization({ x, weight, bias, rows, dim, epsilon, out, outStatistics });
      return [backend.adopt(out, shape, 'float32'), backend.adopt(outStatistics, [rows, 2], 'float32')];
    },
  });
  tf.registerKernel({
    kernelName: 'LayerNormalizationGradient',
    backendName: name,
    kernelFunc(call) {
      const backend = call.backend as KernelsBackend;
      const [x, weight, statistics, gradients] = ['x', 'weight', 'statistics', 'gradients'].map((each) =>
        convertToFloats(backend, (call.inputs as Named)[each]!),
      ) as [Float32Array, Float32Array, Float32Array, Float32Array];
      const dim = weight.length;
      const [outXGradient, outWeightGradient, outBiasGradient] = [x.length, dim, dim].map((length) =>
        backend.arrays.allocate(length),
      ) as [Float32Array, Float32Array, Float32Array];
      const { epsilon } = call.attrs as unknown as { epsilon: number };
      kernels.layerNormalizationGradient({
        ...{ x, weight, rows: x.length / dim, dim, epsilon, statistics, gradients },
        ...{ outXGradient, outWeightGradient, outBiasGradient },
      });
      return [
        backend.adopt(outXGradient, (call.inputs.x as tf.TensorInfo).shape, 'float32'),
        backend.adopt(outWeightGradient, [dim], 'float32'),
        backend.adopt(outBiasGradient, [dim], 'float32'),
      ];
    },
  });
}
