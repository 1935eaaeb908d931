import { RecsysError } from '@footlight/core';
import { setBackend } from '../backends/set-backend.js';
import { tf } from '../tfjs/tfjs.js';
import { createTraceBackend, type Recorder, traceBackendName } from './trace-backend.js';
import type { KernelTrace, TracedKernel, TracedTensor, TracedValues } from './types.js';

/**
 * Records the kernels of TensorFlow.js that a computation runs: a graph from its inputs to its outputs, for other
 * programs to run. Only kernels whose results depend on the inputs are recorded; all other tensors are constants.
 *
 * The computation runs once, on plain JavaScript, without fused kernels: as the definitions of the operations. What it
 * reads from tensors into JavaScript is not seen; trace it with several inputs to find that out.
 *
 * @param inputs examples of the inputs, by name
 * @param run the computation; tensors that it creates are disposed
 * @throws {RecsysError} `invalid-argument` if a trace is being recorded
 * @example
 * await traceKernels({ x: tf.tensor1d([1, 2]) }, ({ x }) => ({ y: tf.add(x, 1) })) // one kernel, Add
 */
export async function traceKernels<Name extends string>(
  inputs: Readonly<Record<Name, tf.Tensor>>,
  run: (inputs: Readonly<Record<Name, tf.Tensor>>) => Readonly<Record<string, tf.Tensor>>,
): Promise<KernelTrace> {
  const before = tf.getBackend();
  if (before === traceBackendName)
    throw new RecsysError('invalid-argument', 'traceKernels: expected one trace at a time, received a second one.');
  const recorder = createRecorder();
  const backend = createTraceBackend();
  await setBackend(traceBackendName);
  backend.record(recorder);
  try {
    const traced = {} as { inputs: KernelTrace['inputs']; outputs: KernelTrace['outputs'] };
    tf.tidy(() => {
      const given = Object.entries<tf.Tensor>(inputs).map(
        ([name, tensor]) => [name, tf.tensor(tensor.dataSync(), tensor.shape, tensor.dtype)] as const,
      );
      traced.inputs = Object.fromEntries(given.map(([name, tensor]) => [name, recorder.addInput(tensor)]));
      const results = run(Object.fromEntries(given) as Record<Name, tf.Tensor>);
      traced.outputs = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, recorder.find(tensor)] as const),
      );
    });
    return { ...traced, kernels: recorder.kernels };
  } finally {
    backend.record(undefined);
    await setBackend(before);
  }
}

/** Numbers the tensors of a trace and lists its kernels. */
function createRecorder(): Recorder & {
  readonly kernels: TracedKernel[];
  addInput(tensor: tf.TensorInfo): TracedTensor;
  find(tensor: tf.TensorInfo): TracedTensor;
} {
  const traced = new Map<object, TracedTensor>();
  const kernels: TracedKernel[] = [];
  const describe = ({ shape, dtype }: tf.TensorInfo, values?: TracedValues): TracedTensor => ({
    id: traced.size,
    shape: [...shape],
    dtype: dtype as TracedTensor['dtype'],
    ...(values && { values }),
  });
  const add = (info: tf.TensorInfo, values?: TracedValues): TracedTensor => {
    const tensor = describe(info, values);
    traced.set(info.dataId, tensor);
    return tensor;
  };
  const readValues = (info: tf.TensorInfo): TracedValues =>
    (tf.backend() as unknown as { data: { get(id: object): { values: TracedValues } } }).data.get(info.dataId).values;
  const find = (info: tf.TensorInfo): TracedTensor => {
    const found = traced.get(info.dataId) ?? add(info, readValues(info));
    // Constants share their data with their reshaped views.
    return found.values && String(found.shape) !== String(info.shape) ? { ...found, shape: [...info.shape] } : found;
  };
  return {
    kernels,
    addInput: add,
    find,
    record(name, inputs, attributes, outputs) {
      const depends = inputs.some(([, info]) => {
        const known = traced.get(info.dataId);
        return known !== undefined && known.values === undefined;
      });
      if (!depends) return;
      kernels.push({
        name,
        inputs: Object.fromEntries(inputs.map(([key, info]) => [key, find(info)])),
        attributes,
        outputs: outputs.map((info) => add(info)),
      });
    },
  };
}
