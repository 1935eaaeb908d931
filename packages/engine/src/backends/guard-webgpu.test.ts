import { describe, expect, it, vi } from 'vitest';
import { type GuardedBackend, guardWebgpu } from './guard-webgpu.js';

/** A device whose buffers have at most 100 bytes. */
function createBackend() {
  const listeners: ((event: { error: Error }) => void)[] = [];
  const lose: ((info: { message: string }) => void)[] = [];
  const acquireBuffer = vi.fn((bytes: number) => ({ bytes }));
  const backend = {
    device: {
      limits: { maxBufferSize: 300, maxStorageBufferBindingSize: 100 },
      lost: new Promise((resolve) => lose.push(resolve)),
      addEventListener: (_: string, listener: (event: { error: Error }) => void) => listeners.push(listener),
    },
    bufferManager: { acquireBuffer },
  };
  guardWebgpu(backend as unknown as GuardedBackend);
  guardWebgpu(backend as unknown as GuardedBackend); // a second start of the backend
  return { backend, acquireBuffer, listeners, lose };
}

describe('guardWebgpu', () => {
  it('refuses a tensor that the device does not allow', () => {
    const { backend, acquireBuffer } = createBackend();
    expect(backend.bufferManager.acquireBuffer(100)).toEqual({ bytes: 100 });
    expect(() => backend.bufferManager.acquireBuffer(104)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: webgpu: expected tensors of at most 100 bytes, which is what this device allows, received 104 bytes. Choose smaller tables or batches, or another backend.]`,
    );
    expect(acquireBuffer).toHaveBeenCalledTimes(1);
  });

  it('makes an error of the device one of the next operation', () => {
    const { backend, listeners } = createBackend();
    expect(listeners).toHaveLength(1);
    listeners[0]!({ error: new Error('[Invalid ComputePipeline "P"] is invalid.\n - While encoding') });
    expect(() => backend.bufferManager.acquireBuffer(4)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: webgpu: expected operations that this device can do, received: [Invalid ComputePipeline "P"] is invalid. Use another backend.]`,
    );
  });

  it('says that the device was lost', async () => {
    const { backend, lose } = createBackend();
    lose[0]!({ message: 'The GPU process ended.' });
    await backend.device.lost;
    expect(() => backend.bufferManager.acquireBuffer(4)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: webgpu: expected a device, received one that was lost (The GPU process ended). Start the program or load the page again.]`,
    );
  });
});
