import { tf } from '../tfjs/tfjs.js';

/** What JavaScript has read from the device since it was started. */
export interface DeviceReads {
  /** Number of float tensors whose values were read. */
  floats: number;
  /** Number of integer tensors, such as ids. */
  integers: number;
}

interface Device {
  firstUse: boolean;
}

interface Engine {
  readonly state: { readonly tensorInfo: { get(id: object): { dtype: string } | undefined } };
}

/**
 * Starts plain JavaScript under another name, `device`: a backend whose memory the engine cannot reach, as that of a
 * GPU, and which counts what is read from it.
 */
export async function useDeviceBackend(): Promise<DeviceReads> {
  await tf.setBackend('cpu');
  const Cpu = tf.backend().constructor as new () => ReturnType<typeof tf.backend>;
  const device = new Cpu();
  (device as unknown as Device).firstUse = false; // otherwise tfjs recommends tfjs-node on stderr
  (tf.backend() as unknown as Device).firstUse = false;
  if (tf.findBackend('device')) tf.removeBackend('device');
  else for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'device' });
  tf.registerBackend('device', () => device);
  await tf.setBackend('device');
  return countReads();
}

/** Counts the reads of tensors; kernels of the backend read their inputs otherwise. */
function countReads(): DeviceReads {
  const reads: DeviceReads = { floats: 0, integers: 0 };
  const engine = tf.engine();
  const { read, readSync } = Object.getPrototypeOf(engine) as typeof engine;
  const count = (id: object): void => {
    const type = (engine as unknown as Engine).state.tensorInfo.get(id)?.dtype;
    if (type === 'float32') reads.floats++;
    else if (type === 'int32') reads.integers++;
  };
  engine.readSync = (id: object) => {
    count(id);
    return readSync.call(engine, id);
  };
  engine.read = (id: object) => {
    count(id);
    return read.call(engine, id);
  };
  return reads;
}

/** Ends the device and goes back to plain JavaScript. */
export async function leaveDeviceBackend(): Promise<void> {
  await tf.setBackend('cpu');
  tf.removeBackend('device');
  const engine = tf.engine() as Partial<ReturnType<typeof tf.engine>>;
  delete engine.read;
  delete engine.readSync;
}
