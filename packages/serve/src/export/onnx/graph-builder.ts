import type { Attribute, ElementType, OnnxConstant, OnnxNode } from './proto.js';

/** A number of a shape: fixed, or a multiple of the length of the batch. */
export type Dimension = number | { readonly batches: number };

/** Collects the nodes and constants of a graph; functions return the names of what they add. */
export interface GraphBuilder {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** Name of the length of the batch, `[1]` int64. */
  readonly batch: string;
  /** Adds an operation with one output. */
  add(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string;
  /** Adds an operation with several outputs. */
  addMany(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes?: Readonly<Record<string, Attribute>>,
  ): string[];
  /** Gives a result the name of an output of the graph. */
  addOutput(name: string, result: string): void;
  constant(type: ElementType, shape: readonly number[], values: ArrayLike<number>): string;
  /** A list of integers, `[length]` int64. */
  integers(values: readonly number[]): string;
  /** A number without axes. */
  scalar(value: number, type?: ElementType): string;
  /** The numbers of a shape, `[axis]` int64. */
  shape(dimensions: readonly Dimension[]): string;
  cast(value: string, type: ElementType): string;
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

/** Creates a graph whose batch is the first axis of this input. */
export function createGraphBuilder(firstInput: string): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];
  const known = new Map<string, string>(); // small constants, by what they hold
  const addMany: GraphBuilder['addMany'] = (op, inputs, count, attributes = {}) => {
    const outputs = Array.from({ length: count }, (_, at) => `${op}_${nodes.length}${count > 1 ? `_${at}` : ''}`);
    nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  };
  const add: GraphBuilder['add'] = (op, inputs, attributes) => addMany(op, inputs, 1, attributes)[0]!;
  const constant: GraphBuilder['constant'] = (type, shape, values) => {
    const key = values.length <= 64 ? `${type} ${shape.join()} ${Array.from(values, formatExactly).join()}` : undefined;
    const before = key === undefined ? undefined : known.get(key);
    if (before !== undefined) return before;
    const name = `constant_${constants.length}`;
    constants.push({ name, type, shape, bytes: toBytes(type, values) });
    if (key !== undefined) known.set(key, name);
    return name;
  };
  const integers: GraphBuilder['integers'] = (values) => constant('int64', [values.length], values);
  const batch = add('Slice', [add('Shape', [firstInput]), integers([0]), integers([1])]);
  return {
    ...{ nodes, constants, batch, add, addMany, constant, integers },
    addOutput: (name, result) => void nodes.push({ op: 'Identity', inputs: [result], outputs: [name], attributes: {} }),
    scalar: (value, type = 'float32') => constant(type, [], [value]),
    cast: (value, type) => add('Cast', [value], { to: { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 }[type] }),
    shape(dimensions) {
      const pieces = dimensions.map((each) => {
        if (typeof each === 'number') return integers([each]);
        return each.batches === 1 ? batch : add('Mul', [batch, integers([each.batches])]);
      });
      if (dimensions.every((each) => typeof each === 'number')) return integers(dimensions);
      return pieces.length === 1 ? pieces[0]! : add('Concat', pieces, { axis: 0 });
    },
  };
}

function toBytes(type: ElementType, values: ArrayLike<number>): Uint8Array {
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(Array.from(values, BigInt)).buffer);
  const numbers = new arrays[type](values);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

const formatExactly = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
