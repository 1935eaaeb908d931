import type { Kernels } from '@footlight/kernels';
import { getProductPrecision } from '../../precision.js';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { findCode } from './elementwise.js';
import { type KernelsBackend, readFloats } from './kernels-backend.js';
import { replaceKernel } from './replace-kernel.js';
import { broadcast } from './strides.js';

/**
 * Replaces the products of float matrices, single or in batches, with the bias and activation that tfjs fuses with
 * them.
 */
export function replaceProducts(build: Build): void {
  const { kernels } = build;
  replaceKernel(build, 'BatchMatMul', ({ inputs, attrs, backend }) => {
    const product = multiply(kernels, backend, inputs.a!, inputs.b!, attrs);
    return product && backend.adopt(product.values, product.shape, 'float32');
  });
  replaceKernel(build, '_FusedMatMul', ({ inputs, attrs, backend }) => {
    const activation = activations[(attrs.activation as string | undefined) ?? 'linear'];
    const bias = inputs.bias && readFloats(backend, inputs.bias);
    if (activation === undefined || (inputs.bias && !bias)) return undefined;
    const added = inputs.bias && bias && { shape: inputs.bias.shape, values: bias };
    const product = multiply(kernels, backend, inputs.a!, inputs.b!, attrs, added);
    if (!product) return undefined;
    const { values, shape, biased } = product;
    const names = kernels.elementwiseNames();
    if (bias && !biased)
      kernels.binary({
        code: findCode(names.binary, 'add'),
        a: values,
        b: bias,
        out: values,
        strides: broadcast(shape, inputs.bias!.shape).strides,
      });
    if (activation)
      kernels.unary({
        code: findCode(names.unary, activation),
        x: values,
        out: values,
        alpha: attrs.leakyreluAlpha as number | undefined,
      });
    return backend.adopt(values, shape, 'float32');
  });
}

/**
 * tfjs's names of activations → the names of the C++ operations. `prelu`, which has weights of its own, is left to
 * tfjs.
 */
const activations: Readonly<Record<string, string>> = {
  linear: '',
  relu: 'relu',
  elu: 'elu',
  relu6: 'relu6',
  leakyrelu: 'leakyRelu',
  sigmoid: 'sigmoid',
};

interface Product {
  readonly values: Float32Array;
  readonly shape: number[];
  /** Whether the bias is already added. */
  readonly biased: boolean;
}

/**
 * Multiplies matrices. Returns `undefined` for unsupported types or broadcasts, for empty matrices, and for a bias that
 * would change the shape.
 */
function multiply(
  kernels: Kernels,
  backend: KernelsBackend,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  { transposeA, transposeB }: Readonly<Record<string, unknown>>,
  bias?: { readonly shape: readonly number[]; readonly values: Float32Array },
): Product | undefined {
  const left = readFloats(backend, a);
  const right = readFloats(backend, b);
  if (!left?.length || !right?.length) return undefined;
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [same, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  const [batchA, batchB] = [left.length / (m * k), right.length / (same * n)];
  if (same !== k || (batchA !== batchB && batchA !== 1 && batchB !== 1)) return undefined;
  const shape = [...tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n];
  const batch = Math.max(batchA, batchB);
  if (tf.util.sizeFromShape(shape) !== batch * m * n) return undefined; // [2, 1] with [1, 2]
  if (bias && !tf.util.arraysEqual(tf.broadcast_util.assertAndGetBroadcastShape(shape, bias.shape as number[]), shape))
    return undefined;
  const biased = batch === 1 && bias?.values.length === n && bias.shape.at(-1) === n; // one number per column
  const values = backend.arrays.allocate(batch * m * n);
  const gemm = getProductPrecision() === 'bf16' ? kernels.bgemm : kernels.sgemm;
  const product = { columns: n, inner: k, a: left, b: right, out: values, transposeB: Boolean(transposeB) };
  if (batch === 1)
    gemm({ ...product, transposeA: Boolean(transposeA), rows: m, bias: biased ? bias.values : undefined });
  else if (batchB === 1 && !transposeA) gemm({ ...product, rows: batch * m });
  else {
    const [strideA, strideB] = [batchA === 1 ? 0 : m * k, batchB === 1 ? 0 : k * n];
    kernels.batchedSgemm({ ...product, transposeA: Boolean(transposeA), batch, rows: m, strideA, strideB });
  }
  return { values, shape, biased };
}
