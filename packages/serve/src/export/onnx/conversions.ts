// structure: one table says which operation of ONNX stands for which kernel
import type { Dimension, GraphBuilder } from './graph-builder.js';
import type { SymbolicKernel, SymbolicTensor } from './merge-traces.js';
import type { ElementType } from './proto.js';

/** What the conversion of a kernel reads. */
interface Call {
  readonly builder: GraphBuilder;
  readonly kernel: SymbolicKernel;
  /** Names of the inputs in the graph. */
  readonly inputs: Readonly<Record<string, string>>;
  fail(what: string): never;
}

/** Adds the counterpart of a kernel. @returns names of its outputs */
type Conversion = (call: Call) => readonly string[];

/** An operation on one tensor. */
const convertUnary =
  (op: string): Conversion =>
  ({ builder, inputs }) => [builder.add(op, [inputs['x']!])];

/** An operation on two tensors of the same type. */
const convertBinary =
  (op: string): Conversion =>
  ({ builder, inputs }) => [builder.add(op, [inputs['a']!, inputs['b']!])];

const convertNegated =
  (op: string): Conversion =>
  ({ builder, inputs }) => [builder.add('Not', [builder.add(op, [inputs['a']!, inputs['b']!])])];

/** Reductions, whose axes are an input. */
const convertReduction =
  (op: string): Conversion =>
  ({ builder, kernel, inputs }) => {
    const [tensor] = Object.values(kernel.inputs);
    const axes = toList(kernel.attributes['axis'] as number | number[] | undefined, tensor!.shape.length);
    const keepdims = kernel.attributes['keepDims'] ? 1 : 0;
    if (axes.length === 0) return [builder.add('Identity', [Object.values(inputs)[0]!])];
    return [builder.add(op, [Object.values(inputs)[0]!, builder.integers(axes)], { keepdims })];
  };

const toList = (axis: number | number[] | undefined | null, rank: number): number[] => {
  if (axis === undefined || axis === null) return Array.from({ length: rank }, (_, at) => at);
  return Array.isArray(axis) ? axis : [axis];
};

/** Changes the shape alone: at most one length is a multiple of the batch, which ONNX finds out. */
function reshape({ builder, kernel }: Call, name: string, shape = kernel.outputs[0]!.shape): string {
  const dynamic = shape.filter((size) => typeof size !== 'number');
  const sizes = shape.map((size) => (typeof size === 'number' ? size : -1));
  const isInferred = dynamic.length <= 1 && !sizes.includes(0);
  return builder.add('Reshape', [name, isInferred ? builder.integers(sizes) : builder.shape(shape)]);
}

const convertReshape: Conversion = (call) => [reshape(call, Object.values(call.inputs)[0]!)];

const convertAxis =
  (op: string, attribute: string): Conversion =>
  ({ builder, kernel, inputs }) => [
    builder.add(op, [Object.values(inputs)[0]!], { axis: (kernel.attributes[attribute] as number | undefined) ?? -1 }),
  ];

const convertBatchMatMul: Conversion = ({ builder, kernel, inputs }) => {
  const turn = (name: 'a' | 'b', isTransposed: unknown): string => {
    if (!isTransposed) return inputs[name]!;
    const rank = kernel.inputs[name]!.shape.length;
    const perm = Array.from({ length: rank }, (_, at) => (at < rank - 2 ? at : 2 * rank - 3 - at));
    return builder.add('Transpose', [inputs[name]!], { perm });
  };
  const { transposeA, transposeB } = kernel.attributes;
  return [builder.add('MatMul', [turn('a', transposeA), turn('b', transposeB)])];
};

const activations: Readonly<Record<string, string | undefined>> = { elu: 'Elu', relu: 'Relu', sigmoid: 'Sigmoid' };

const convertFusedMatMul: Conversion = (call) => {
  const { builder, kernel, inputs, fail } = call;
  const activation = (kernel.attributes['activation'] as string | null | undefined) ?? 'linear';
  const [product] = convertBatchMatMul(call);
  const sum = inputs['bias'] === undefined ? product! : builder.add('Add', [product!, inputs['bias']]);
  if (activation === 'linear') return [sum];
  return [builder.add(activations[activation] ?? fail(activation), [sum])];
};

const convertGather: Conversion = ({ builder, kernel, inputs, fail }) => {
  const { axis = 0, batchDims = 0 } = kernel.attributes as { axis?: number; batchDims?: number };
  if (batchDims !== 0) return fail(`batchDims=${batchDims}`);
  return [builder.add('Gather', [inputs['x']!, inputs['indices']!], { axis })];
};

const convertSlice: Conversion = ({ builder, kernel, inputs, fail }) => {
  const { begin, size } = kernel.attributes as { begin: readonly Dimension[]; size: readonly Dimension[] };
  const [from, to, axes]: [number[], number[], number[]] = [[], [], []];
  for (const [axis, whole] of kernel.inputs['x']!.shape.entries()) {
    const [start, length] = [begin[axis]!, size[axis] ?? -1];
    const isWhole = start === 0 && (length === -1 || JSON.stringify(length) === JSON.stringify(whole));
    if (isWhole) continue;
    if (typeof start !== 'number' || typeof length !== 'number' || (length === -1 && typeof whole !== 'number'))
      return fail('a part of the batch');
    from.push(start);
    to.push(length === -1 ? (whole as number) : start + length);
    axes.push(axis);
  }
  if (axes.length === 0) return [builder.add('Identity', [inputs['x']!])];
  return [builder.add('Slice', [inputs['x']!, ...[from, to, axes].map((list) => builder.integers(list))])];
};

const convertSplit: Conversion = ({ builder, kernel, inputs, fail }) => {
  const axis = kernel.attributes['axis'] as number;
  const sizes = kernel.outputs.map(({ shape }) => shape.at(axis)!);
  if (sizes.some((size) => typeof size !== 'number')) return fail('parts of the batch');
  return builder.addMany('Split', [inputs['x']!, builder.integers(sizes as number[])], sizes.length, { axis });
};

const convertUnpack: Conversion = (call) => {
  const { builder, kernel, inputs } = call;
  const axis = kernel.attributes['axis'] as number;
  return kernel.outputs.map((_, at) =>
    builder.add('Gather', [inputs['value']!, builder.scalar(at, 'int64')], { axis }),
  );
};

const convertPack: Conversion = ({ builder, kernel, inputs }) => {
  const axis = (kernel.attributes['axis'] as number | undefined) ?? 0;
  const pieces = Object.values(inputs).map((name) => builder.add('Unsqueeze', [name, builder.integers([axis])]));
  return [builder.add('Concat', pieces, { axis })];
};

const convertPad: Conversion = ({ builder, kernel, inputs, fail }) => {
  const { paddings, constantValue } = kernel.attributes as { paddings: Dimension[][]; constantValue: number };
  const sizes = [...paddings.map(([before]) => before!), ...paddings.map(([, after]) => after!)];
  if (sizes.some((size) => typeof size !== 'number')) return fail('padding of the batch');
  const value = builder.scalar(constantValue, kernel.inputs['x']!.dtype);
  return [builder.add('Pad', [inputs['x']!, builder.integers(sizes as number[]), value])];
};

const convertCumsum: Conversion = ({ builder, kernel, inputs }) => {
  const { axis, exclusive, reverse } = kernel.attributes as { axis: number; exclusive: boolean; reverse: boolean };
  const flags = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
  return [builder.add('CumSum', [inputs['x']!, builder.scalar(axis, 'int64')], flags)];
};

const convertFill =
  (value: number): Conversion =>
  ({ builder, kernel }) => {
    const { shape, dtype } = kernel.outputs[0]!;
    return [builder.add('Expand', [builder.scalar(value, dtype), builder.shape(shape)])];
  };

/** tfjs compares and selects with booleans, and calculates with bytes where ONNX has booleans. */
const toType = (builder: GraphBuilder, name: string, tensor: SymbolicTensor, type: ElementType): string =>
  tensor.dtype === type ? name : builder.cast(name, type);

const convertSelect: Conversion = ({ builder, kernel, inputs }) => {
  const condition = toType(builder, inputs['condition']!, kernel.inputs['condition']!, 'bool');
  return [builder.add('Where', [condition, inputs['t']!, inputs['e']!])];
};

const convertActivation =
  (create: (builder: GraphBuilder, x: string) => string): Conversion =>
  ({ builder, inputs }) => [create(builder, inputs['x']!)];

/** Kernels of TensorFlow.js by name, and what stands for them. */
export const conversions: Readonly<Record<string, Conversion>> = {
  Abs: convertUnary('Abs'),
  Add: convertBinary('Add'),
  AddN: ({ builder, inputs }) => [builder.add('Sum', Object.values(inputs))],
  BatchMatMul: convertBatchMatMul,
  Cast: ({ builder, kernel, inputs }) => [builder.cast(inputs['x']!, kernel.outputs[0]!.dtype)],
  Ceil: convertUnary('Ceil'),
  Concat: ({ builder, kernel, inputs }) => [
    builder.add('Concat', Object.values(inputs), { axis: kernel.attributes['axis'] as number }),
  ],
  Cos: convertUnary('Cos'),
  Cumsum: convertCumsum,
  Elu: convertUnary('Elu'),
  Equal: convertBinary('Equal'),
  Erf: convertUnary('Erf'),
  Exp: convertUnary('Exp'),
  ExpandDims: convertReshape,
  Expm1: convertActivation((builder, x) => builder.add('Sub', [builder.add('Exp', [x]), builder.scalar(1)])),
  Floor: convertUnary('Floor'),
  GatherV2: convertGather,
  Greater: convertBinary('Greater'),
  GreaterEqual: convertBinary('GreaterOrEqual'),
  Identity: convertUnary('Identity'),
  Less: convertBinary('Less'),
  LessEqual: convertBinary('LessOrEqual'),
  Log: convertUnary('Log'),
  Log1p: convertActivation((builder, x) => builder.add('Log', [builder.add('Add', [x, builder.scalar(1)])])),
  LogSoftmax: convertAxis('LogSoftmax', 'axis'),
  LogicalAnd: convertBinary('And'),
  LogicalNot: convertUnary('Not'),
  LogicalOr: convertBinary('Or'),
  Max: convertReduction('ReduceMax'),
  Maximum: convertBinary('Max'),
  Mean: convertReduction('ReduceMean'),
  Min: convertReduction('ReduceMin'),
  Minimum: convertBinary('Min'),
  Multiply: convertBinary('Mul'),
  Neg: convertUnary('Neg'),
  NotEqual: convertNegated('Equal'),
  OnesLike: convertFill(1),
  Pack: convertPack,
  PadV2: convertPad,
  Pow: convertBinary('Pow'),
  Prod: convertReduction('ReduceProd'),
  RealDiv: convertBinary('Div'),
  Relu: convertUnary('Relu'),
  Reshape: convertReshape,
  Rsqrt: convertActivation((builder, x) => builder.add('Reciprocal', [builder.add('Sqrt', [x])])),
  Select: convertSelect,
  Sigmoid: convertUnary('Sigmoid'),
  Sign: convertUnary('Sign'),
  Sin: convertUnary('Sin'),
  Slice: convertSlice,
  Softmax: convertAxis('Softmax', 'dim'),
  Softplus: convertUnary('Softplus'),
  SplitV: convertSplit,
  Sqrt: convertUnary('Sqrt'),
  Square: convertActivation((builder, x) => builder.add('Mul', [x, x])),
  SquaredDifference: ({ builder, inputs }) => {
    const difference = builder.add('Sub', [inputs['a']!, inputs['b']!]);
    return [builder.add('Mul', [difference, difference])];
  },
  Sub: convertBinary('Sub'),
  Sum: convertReduction('ReduceSum'),
  Tanh: convertUnary('Tanh'),
  Tile: ({ builder, kernel, inputs }) => [
    builder.add('Tile', [inputs['x']!, builder.shape(kernel.attributes['reps'] as readonly Dimension[])]),
  ],
  Transpose: ({ builder, kernel, inputs }) => [
    builder.add('Transpose', [inputs['x']!], { perm: kernel.attributes['perm'] as number[] }),
  ],
  Unpack: convertUnpack,
  ZerosLike: convertFill(0),
  _FusedMatMul: convertFusedMatMul,
};
