/** The parts of TensorFlow.js's WebGPU backend that reading uses. */
export interface WebgpuBackend {
  readonly tensorMap: { get(id: object): TensorData };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GpuBuffer;
    releaseBuffer(buffer: GpuBuffer): void;
  };
  readonly commandEncoder: {
    copyBufferToBuffer(from: GpuBuffer, fromByte: number, to: GpuBuffer, toByte: number, bytes: number): void;
  };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  read(id: object): Promise<unknown>;
  readSync(id: object): unknown;
}

interface TensorData {
  readonly dtype: string;
  /** In the memory of JavaScript; absent once they are on the device and were not read. */
  values?: unknown;
  readonly resource: GpuBuffer;
}

interface GpuBuffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}

/** `GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ` and `GPUMapMode.READ` of the WebGPU standard. */
const [copiedAndRead, forReading] = [0x8 | 0x1, 0x1];

type Tick = () => void;

/** What Dawn has asked to be called with `setImmediate`, and has not been called yet. */
const ticks = new Set<Tick>();

/** Whether `setImmediate` is to run the ticks. It is called once for all: a long synchronous program lets none run. */
let isScheduled = false;

let isReading = false;

/**
 * Runs a call of Dawn, or several within a promise. Dawn completes its work in ticks, for which it calls
 * `setImmediate`; they are kept, so that a synchronous read can run them by itself.
 */
export function captureTicks<T>(call: () => T): T {
  const original = globalThis.setImmediate;
  globalThis.setImmediate = ((tick: Tick) => {
    ticks.add(tick);
    return schedule(original);
  }) as typeof setImmediate;
  try {
    return call();
  } finally {
    globalThis.setImmediate = original;
  }
}

function schedule(setImmediate: (run: Tick) => unknown): unknown {
  if (isScheduled || isReading || ticks.size === 0) return undefined;
  isScheduled = true;
  return setImmediate(() => {
    isScheduled = false;
    for (const tick of [...ticks]) runTick(tick);
  });
}

function runTick(tick: Tick): void {
  if (ticks.delete(tick)) captureTicks(tick);
}

/** Runs ticks until the work is done, and leaves the processor to the GPU in between, which may be software. */
function runTicks(isPending: () => boolean): void {
  isReading = true;
  try {
    for (let count = 0; isPending(); count++) {
      const [next] = ticks;
      if (!next) throw new Error('webgpu: expected the GPU to complete a read, received nothing. Try again.');
      if (count > 10) Atomics.wait(pause, 0, 0, 0.05); // milliseconds
      runTick(next);
    }
  } finally {
    isReading = false;
    schedule(globalThis.setImmediate);
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Makes a WebGPU backend in Node read tensors synchronously: TensorFlow.js does it through a canvas, which Node does
 * not have.
 */
export function readInPlace(backend: WebgpuBackend): void {
  const { read } = backend;
  backend.read = (id) => captureTicks(() => read.call(backend, id));
  backend.readSync = (id) => {
    const data = backend.tensorMap.get(id);
    data.values ??= toValues(readBuffer(backend, data.resource), data.dtype);
    return data.values;
  };
}

function readBuffer(backend: WebgpuBackend, buffer: GpuBuffer): ArrayBuffer {
  const staging = backend.bufferManager.acquireBuffer(buffer.size, copiedAndRead);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  backend.submitQueue();
  captureTicks(() => staging.mapAsync(forReading)).catch(() => {}); // the state below says so
  runTicks(() => staging.mapState === 'pending');
  if (staging.mapState !== 'mapped')
    throw new Error('webgpu: expected to read a tensor, but the GPU was lost. Start the program again.');
  const bytes = staging.getMappedRange().slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging);
  return bytes;
}

/** Booleans are stored as 32-bit integers. */
function toValues(bytes: ArrayBuffer, dtype: string): Float32Array | Int32Array | Uint8Array {
  if (dtype === 'float32') return new Float32Array(bytes);
  const integers = new Int32Array(bytes);
  return dtype === 'int32' ? integers : Uint8Array.from(integers);
}
