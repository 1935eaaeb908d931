import * as tf from '@tensorflow/tfjs';

interface CpuBackend {
  data: { get(id: object): { values?: unknown } };
}

interface WasmBackend {
  wasm: { HEAPU8: Uint8Array };
  dataIdMap: { get(id: object): { memoryOffset: number } };
}

/**
 * Lets `update` change the values of a variable: in place where the backend keeps them in memory that JavaScript sees (cpu, wasm), else by a copy there
 * and back.
 */
export function updateValues(variable: tf.Variable, update: (values: Float32Array) => void): void {
  const visible = visibleValues(variable);
  if (visible) {
    update(visible);
    return;
  }
  const values = variable.dataSync().slice() as Float32Array;
  update(values);
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}

/** The memory of a float tensor, or `undefined` if the backend does not show it. A view of wasm memory is valid until the next allocation. */
export function visibleValues(tensor: tf.Tensor): Float32Array | undefined {
  const name = tf.getBackend();
  if (name === 'cpu') {
    const { values } = (tf.backend() as unknown as CpuBackend).data.get(tensor.dataId);
    return values instanceof Float32Array ? values : undefined;
  }
  if (name !== 'wasm') return undefined;
  const { wasm, dataIdMap } = tf.backend() as unknown as WasmBackend;
  return new Float32Array(wasm.HEAPU8.buffer, dataIdMap.get(tensor.dataId).memoryOffset, tensor.size);
}
