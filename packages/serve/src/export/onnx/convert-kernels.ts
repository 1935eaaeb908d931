import { invalid } from '@footlight/core';
import { conversions } from './conversions.js';
import type { GraphBuilder } from './graph-builder.js';
import type { SymbolicGraph, SymbolicTensor } from './merge-traces.js';

/**
 * Adds the kernels of a computation to a graph.
 *
 * @param inputs names of the inputs of the computation in the graph
 * @returns names of its outputs
 * @throws {RecsysError} `invalid-argument` for a kernel that has no counterpart
 */
export function convertKernels(
  where: string,
  builder: GraphBuilder,
  { inputs, kernels, outputs }: SymbolicGraph,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = new Map(Object.entries(inputs).map(([name, { id }]) => [id, given[name]!]));
  const constants = new Map<string, string>();
  const find = (tensor: SymbolicTensor): string => names.get(tensor.id) ?? addConstant(builder, tensor, constants);
  for (const kernel of kernels) {
    const convert = conversions[kernel.name];
    if (!convert)
      return invalid(where, 'a model of operations that ONNX has', kernel.name, 'Export its lists or vectors instead.');
    const results = convert({
      builder,
      kernel,
      inputs: Object.fromEntries(Object.entries(kernel.inputs).map(([name, tensor]) => [name, find(tensor)])),
      fail: (what) => invalid(where, `${kernel.name} with options that ONNX has`, what, 'Export its lists instead.'),
    });
    for (const [at, { id }] of kernel.outputs.entries()) names.set(id, results[at]!);
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, find(tensor)]));
}

/** Adds a constant, repeated along the batch if its shape says so. */
function addConstant(
  builder: GraphBuilder,
  { id, shape, dtype, values, valuesShape }: SymbolicTensor,
  constants: Map<string, string>,
): string {
  const key = `${id} ${valuesShape!.join()}`;
  const known = constants.get(key) ?? builder.constant(dtype, valuesShape!, values!);
  constants.set(key, known);
  if (shape.every((size) => typeof size === 'number')) return known;
  const repetitions = shape.map((size) => (typeof size === 'number' ? 1 : { batches: 1 }));
  return builder.add('Tile', [known, builder.shape(repetitions)]);
}
