import type { Kernels } from '@footlight/kernels';
import type { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { type KernelsBackend, readFloats, readInts } from './kernels-backend.js';
import { countEntries, type Kernel, replaceKernel } from './replace-kernel.js';
import { broadcast } from './strides.js';

/** tfjs's names of kernels → the names of the C++ operations. */
const unary = {
  Abs: 'abs',
  Ceil: 'ceil',
  Cos: 'cos',
  Elu: 'elu',
  Exp: 'exp',
  Expm1: 'expm1',
  Floor: 'floor',
  Log: 'log',
  Log1p: 'log1p',
  Neg: 'neg',
  Reciprocal: 'reciprocal',
  Relu: 'relu',
  Relu6: 'relu6',
  Round: 'round',
  Rsqrt: 'rsqrt',
  Sigmoid: 'sigmoid',
  Sign: 'sign',
  Sin: 'sin',
  Softplus: 'softplus',
  Sqrt: 'sqrt',
  Square: 'square',
  Tanh: 'tanh',
} as const;

const binary = {
  Add: 'add',
  Maximum: 'maximum',
  Minimum: 'minimum',
  Multiply: 'multiply',
  Pow: 'pow',
  RealDiv: 'realDiv',
  SquaredDifference: 'squaredDifference',
  Sub: 'sub',
} as const;

const compare = {
  Equal: 'equal',
  Greater: 'greater',
  GreaterEqual: 'greaterEqual',
  Less: 'less',
  LessEqual: 'lessEqual',
  LogicalAnd: 'logicalAnd',
  LogicalOr: 'logicalOr',
  NotEqual: 'notEqual',
} as const;

/** Replaces the elementwise kernels: arithmetic on float tensors, comparisons and selection. */
export function replaceElementwise(build: Build): void {
  const { kernels } = build;
  const run = createElementwise(kernels);
  for (const [name, own] of Object.entries(unary))
    replaceKernel(build, name, ({ inputs, backend }) => run.unary(own, inputs.x!, backend));
  for (const [name, own] of Object.entries(binary))
    replaceKernel(build, name, ({ inputs, backend }) => run.binary(own, inputs.a!, inputs.b!, backend));
  for (const [name, own] of Object.entries(compare)) replaceKernel(build, name, createComparison(kernels, own));
  replaceKernel(build, 'LeakyRelu', ({ inputs, attrs, backend }) =>
    run.unary('leakyRelu', inputs.x!, backend, attrs.alpha as number),
  );
  replaceKernel(build, 'Step', ({ inputs, attrs, backend }) =>
    run.unary('step', inputs.x!, backend, attrs.alpha as number),
  );
  replaceKernel(build, 'ClipByValue', ({ inputs, attrs, backend }) =>
    run.unary('clip', inputs.x!, backend, attrs.clipValueMin as number, attrs.clipValueMax as number),
  );
  replaceKernel(build, 'Prelu', ({ inputs, backend }) => run.binary('prelu', inputs.x!, inputs.alpha!, backend));
  replaceKernel(build, 'EluGrad', ({ inputs, backend }) => run.binary('eluGrad', inputs.dy!, inputs.y!, backend));
  replaceKernel(build, 'AddN', ({ inputs, backend }) => addTensors(kernels, Object.values(inputs), backend));
  replaceKernel(build, 'Select', createSelect(kernels));
}

interface Elementwise {
  unary(
    name: string,
    x: tf.TensorInfo,
    backend: KernelsBackend,
    alpha?: number,
    beta?: number,
  ): tf.TensorInfo | undefined;
  binary(name: string, a: tf.TensorInfo, b: tf.TensorInfo, backend: KernelsBackend): tf.TensorInfo | undefined;
}

function createElementwise(kernels: Kernels): Elementwise {
  const names = kernels.elementwiseNames();
  return {
    unary(name, x, backend, alpha, beta) {
      const values = readFloats(backend, x);
      if (!values) return undefined;
      const out = backend.arrays.allocate(values.length);
      kernels.unary({ code: findCode(names.unary, name), x: values, out, alpha, beta });
      return backend.adopt(out, x.shape, 'float32');
    },
    binary(name, a, b, backend) {
      const left = readFloats(backend, a);
      const right = readFloats(backend, b);
      if (!left?.length || !right?.length) return undefined;
      const { shape, strides } = broadcast(a.shape, b.shape);
      const out = backend.arrays.allocate(shape.reduce((size, length) => size * length, 1));
      kernels.binary({ code: findCode(names.binary, name), a: left, b: right, out, strides });
      return backend.adopt(out, shape, 'float32');
    },
  };
}

/** Finds the code of an operation in the loaded binary. */
export function findCode(names: readonly string[], name: string): number {
  const code = names.indexOf(name);
  if (code < 0) throw new Error(`the C++ kernels have no ${name}`);
  return code;
}

function createComparison(kernels: Kernels, name: string): Kernel {
  const code = findCode(kernels.elementwiseNames().compare, name);
  return ({ inputs, backend }) => {
    const [a, b] = [inputs.a!, inputs.b!];
    const [left, right] = readComparable(backend, a, b);
    if (!left?.length || !right?.length) return undefined;
    const { shape, strides } = broadcast(a.shape, b.shape);
    const out = new Uint8Array(shape.reduce((size, length) => size * length, 1));
    kernels.compare({ code, a: left, b: right, out, strides });
    return backend.adopt(out, shape, 'bool');
  };
}

type Comparable = Float32Array | Int32Array | Uint8Array | undefined;

function readComparable(backend: KernelsBackend, a: tf.TensorInfo, b: tf.TensorInfo): [Comparable, Comparable] {
  if (a.dtype !== b.dtype) return [undefined, undefined];
  if (a.dtype === 'float32') return [readFloats(backend, a), readFloats(backend, b)];
  if (a.dtype === 'int32') return [readInts(backend, a), readInts(backend, b)];
  return [readBytes(backend, a), readBytes(backend, b)];
}

function readBytes(backend: KernelsBackend, { dataId, dtype }: tf.TensorInfo): Uint8Array | undefined {
  const { values } = backend.data.get(dataId);
  return dtype === 'bool' && values instanceof Uint8Array ? values : undefined;
}

function createSelect(kernels: Kernels): Kernel {
  return ({ inputs, backend }) => {
    const { condition, t, e } = inputs as Record<'condition' | 't' | 'e', tf.TensorInfo>;
    const selected = readBytes(backend, condition);
    const a = readFloats(backend, t);
    const b = readFloats(backend, e);
    if (!selected || !a || !b || countEntries(t) !== countEntries(condition) || a.length !== b.length) return undefined;
    const out = backend.arrays.allocate(a.length);
    kernels.select({ condition: selected, a, b, out });
    return backend.adopt(out, t.shape, 'float32');
  };
}

function addTensors(
  kernels: Kernels,
  terms: readonly tf.TensorInfo[],
  backend: KernelsBackend,
): tf.TensorInfo | undefined {
  const values = terms.map((term) => readFloats(backend, term));
  if (terms.length < 2 || values.some((one) => !one)) return undefined;
  const add = findCode(kernels.elementwiseNames().binary, 'add');
  const out = backend.arrays.allocate(values[0]!.length);
  kernels.binary({ code: add, a: values[0]!, b: values[1]!, out });
  for (const more of values.slice(2)) kernels.binary({ code: add, a: out, b: more!, out });
  return backend.adopt(out, terms[0]!.shape, 'float32');
}
