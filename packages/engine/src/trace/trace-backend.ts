import type { CpuBackend } from '../backends/kernels/kernels-backend.js';
import { tf } from '../tfjs/tfjs.js';

/** Receives the kernels that run, with their inputs and outputs. */
export interface Recorder {
  record(
    name: string,
    inputs: readonly (readonly [name: string, info: tf.TensorInfo])[],
    attributes: Readonly<Record<string, unknown>>,
    outputs: readonly tf.TensorInfo[],
  ): void;
}

/** The backend whose kernels are those of `cpu`, and tell a recorder of each run. */
export const traceBackendName = 'footlight-trace';

let recorder: Recorder | undefined;

/** Registers the backend, once. @returns how to choose the recorder */
export function createTraceBackend(): { record(next: Recorder | undefined): void } {
  const record = (next: Recorder | undefined): void => {
    recorder = next;
  };
  if (tf.findBackendFactory(traceBackendName)) return { record };
  const Cpu = (tf.findBackend('cpu') as CpuBackend).constructor as new () => CpuBackend;
  tf.registerBackend(
    traceBackendName,
    () => {
      const backend = new Cpu();
      backend.firstUse = false; // otherwise tfjs recommends tfjs-node on stderr
      return backend;
    },
    0,
  );
  for (const kernel of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({
      ...kernel,
      backendName: traceBackendName,
      kernelFunc(call) {
        const inputs = Object.entries(call.inputs).flatMap(([key, info]) => (info ? [[key, info] as const] : []));
        const results = kernel.kernelFunc(call);
        const listed = Array.isArray(results) ? results : [results];
        const shared = new Set(inputs.map(([, { dataId }]) => dataId));
        const outputs = listed.map((info) =>
          shared.has(info.dataId) ? copyInfo(call.backend as CpuBackend, info) : info,
        );
        recorder?.record(kernel.kernelName, inputs, (call.attrs ?? {}) as Record<string, unknown>, outputs);
        return Array.isArray(results) ? outputs : outputs[0]!;
      },
    });
  return { record };
}

/** The same values as data of their own, so that a view (`Reshape`) is told apart from what it views. */
function copyInfo(backend: CpuBackend, info: tf.TensorInfo): tf.TensorInfo {
  const { values } = backend.data.get(info.dataId);
  const copy = backend.makeTensorInfo(info.shape, info.dtype, values as Float32Array);
  backend.disposeIntermediateTensorInfo(info);
  return copy;
}
