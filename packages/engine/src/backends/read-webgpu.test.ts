import { afterEach, expect, it, vi } from 'vitest';
import { captureTicks, readInPlace, type WebgpuBackend } from './read-webgpu.js';

afterEach(() => vi.unstubAllGlobals());

/** A backend whose device completes a read after three ticks, as Dawn does: each asks for the next. */
function createBackend(data: { dtype: string; values?: unknown }, bytes: ArrayBuffer): WebgpuBackend {
  let mapState: 'unmapped' | 'pending' | 'mapped' = 'unmapped';
  const staging = {
    size: bytes.byteLength,
    get mapState() {
      return mapState;
    },
    async mapAsync() {
      mapState = 'pending';
      const tick = (left: number): void => {
        if (left === 0) mapState = 'mapped';
        else setImmediate(() => tick(left - 1));
      };
      tick(3);
    },
    getMappedRange: () => bytes,
    unmap() {
      mapState = 'unmapped';
    },
  };
  return {
    tensorMap: { get: () => ({ ...data, resource: staging }) },
    bufferManager: { acquireBuffer: () => staging, releaseBuffer() {} },
    commandEncoder: { copyBufferToBuffer() {} },
    ensureCommandEncoderReady() {},
    endComputePassEncoder() {},
    submitQueue() {},
    read: async () => staging.mapAsync(),
    readSync: () => expect.fail('needs a canvas'),
  };
}

it('reads what is on the device in the types of tensors, and what is not from its values', () => {
  const read = (data: { dtype: string; values?: unknown }, bytes: ArrayBuffer) => {
    const backend = createBackend(data, bytes);
    readInPlace(backend);
    return backend.readSync({});
  };
  expect(read({ dtype: 'float32' }, Float32Array.of(1.5, 2).buffer)).toEqual(Float32Array.of(1.5, 2));
  expect(read({ dtype: 'int32' }, Int32Array.of(7, -3).buffer)).toEqual(Int32Array.of(7, -3));
  expect(read({ dtype: 'bool' }, Int32Array.of(0, 1).buffer)).toEqual(Uint8Array.of(0, 1));
  const values = Float32Array.of(5);
  expect(read({ dtype: 'float32', values }, new ArrayBuffer(4))).toBe(values);
});

it('asks for one immediate, however many reads a program does before one runs', async () => {
  const original = globalThis.setImmediate;
  const scheduled = vi.fn((run: () => void) => original(run));
  vi.stubGlobal('setImmediate', scheduled);
  const backend = createBackend({ dtype: 'float32' }, new ArrayBuffer(4));
  readInPlace(backend);
  captureTicks(() => setImmediate(() => {})); // work of the device that is still under way
  for (let count = 0; count < 100; count++) backend.readSync({});
  expect(scheduled.mock.calls.length).toBeLessThanOrEqual(1);
  await new Promise((resolve) => original(resolve));
});

it('runs the ticks of asynchronous reads, and says when the device is gone', async () => {
  const backend = createBackend({ dtype: 'float32' }, new ArrayBuffer(4));
  readInPlace(backend);
  let completed = false;
  captureTicks(() => setImmediate(() => setImmediate(() => (completed = true))));
  await vi.waitUntil(() => completed);
  const gone = createBackend({ dtype: 'float32' }, new ArrayBuffer(4));
  gone.bufferManager.acquireBuffer = () => ({
    size: 4,
    mapState: 'pending',
    mapAsync: async () => {},
    getMappedRange: () => new ArrayBuffer(4),
    unmap() {},
  });
  readInPlace(gone);
  expect(() => gone.readSync({})).toThrow('webgpu: expected the GPU to complete a read, received nothing. Try again.');
});
