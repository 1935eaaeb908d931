import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * Messages of the ONNX format that a model needs, written as protocol buffers. The numbers are those of `onnx.proto`.
 *
 * @source https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

/** Types of the elements of a tensor. */
export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
export type ElementType = keyof typeof elementTypes;

/** An attribute of a node; lists are of integers. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** An operation of the graph. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A constant of the graph. */
export interface OnnxConstant {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little endian. */
  readonly bytes: Uint8Array;
}

/** An input or output of the graph. A text is the name of a length that is not fixed. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
  readonly description: string;
}

export interface OnnxGraph {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const IR_VERSION = 8; // of ONNX 1.13, like operator set 18
const OPERATOR_SET = 18;

/** Encodes a model. */
export function encodeModel(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writeInteger(writer, 1, IR_VERSION);
  writeText(writer, 2, 'footlight');
  writeMessage(writer, 7, encodeGraph(graph));
  writeMessage(writer, 8, (set) => writeInteger(set, 2, OPERATOR_SET));
  for (const [key, value] of Object.entries(graph.metadata))
    writeMessage(writer, 14, (entry) => {
      writeText(entry, 1, key);
      writeText(entry, 2, value);
    });
  return writer.finish() as Uint8Array<ArrayBuffer>;
}

type Write = (writer: BinaryWriter) => void;

const encodeGraph = (graph: OnnxGraph): Write => {
  return (writer) => {
    for (const node of graph.nodes) writeMessage(writer, 1, encodeNode(node));
    writeText(writer, 2, graph.name);
    for (const constant of graph.constants) writeMessage(writer, 5, encodeConstant(constant));
    writeText(writer, 10, graph.description);
    for (const input of graph.inputs) writeMessage(writer, 11, encodeValue(input));
    for (const output of graph.outputs) writeMessage(writer, 12, encodeValue(output));
  };
};

const encodeNode = ({ op, inputs, outputs, attributes }: OnnxNode): Write => {
  return (writer) => {
    for (const input of inputs) writeText(writer, 1, input);
    for (const output of outputs) writeText(writer, 2, output);
    writeText(writer, 3, outputs[0]!);
    writeText(writer, 4, op);
    for (const [name, value] of Object.entries(attributes)) writeMessage(writer, 5, encodeAttribute(name, value));
  };
};

const encodeAttribute = (name: string, value: Attribute): Write => {
  return (writer) => {
    writeText(writer, 1, name);
    if (typeof value === 'number') {
      writeInteger(writer, 3, value);
      writeInteger(writer, 20, 2);
    } else if (typeof value === 'string') {
      writer.tag(4, WireType.LengthDelimited).bytes(new TextEncoder().encode(value));
      writeInteger(writer, 20, 3);
    } else if ('float' in value) {
      writer.tag(2, WireType.Bit32).float(value.float);
      writeInteger(writer, 20, 1);
    } else {
      for (const each of value) writeInteger(writer, 8, each);
      writeInteger(writer, 20, 7);
    }
  };
};

const encodeConstant = ({ name, type, shape, bytes }: OnnxConstant): Write => {
  return (writer) => {
    for (const size of shape) writeInteger(writer, 1, size);
    writeInteger(writer, 2, elementTypes[type]);
    writeText(writer, 8, name);
    writer.tag(9, WireType.LengthDelimited).bytes(bytes);
  };
};

const encodeValue = ({ name, type, shape, description }: OnnxValue): Write => {
  return (writer) => {
    writeText(writer, 1, name);
    writeMessage(writer, 2, (valueType) =>
      writeMessage(valueType, 1, (tensor) => {
        writeInteger(tensor, 1, elementTypes[type]);
        writeMessage(tensor, 2, (sizes) => {
          for (const size of shape)
            writeMessage(sizes, 1, (dimension) =>
              typeof size === 'number' ? writeInteger(dimension, 1, size) : writeText(dimension, 2, size),
            );
        });
      }),
    );
    writeText(writer, 3, description);
  };
};

function writeMessage(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function writeText(writer: BinaryWriter, field: number, text: string): void {
  writer.tag(field, WireType.LengthDelimited).string(text);
}

function writeInteger(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}
