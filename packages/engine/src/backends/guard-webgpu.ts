import { RecsysError } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';

interface Device {
  readonly limits: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number };
  readonly lost: Promise<{ readonly message: string }>;
  addEventListener?(type: 'uncapturederror', listener: (event: { readonly error: Error }) => void): void;
}

interface BufferManager {
  acquireBuffer(bytes: number, ...more: unknown[]): object;
}

/** TensorFlow.js's backend `webgpu`, as far as it is used here. */
export interface GuardedBackend {
  readonly device: Device;
  readonly bufferManager: BufferManager;
}

const guarded = new WeakSet<object>();

/**
 * Makes what a WebGPU device cannot do an error of the next operation. WebGPU itself reports it to the console, and
 * results are 0 from then on: a tensor larger than the device allows, a program that it does not compile, a device that
 * was lost.
 */
export function guardWebgpu(backend: GuardedBackend = tf.backend() as unknown as GuardedBackend): void {
  const { device, bufferManager } = backend;
  if (guarded.has(bufferManager)) return;
  guarded.add(bufferManager);
  let failure: string | undefined;
  void device.lost.then(({ message }) => {
    failure = `a device, received one that was lost (${firstLine(message)}). Start the program or load the page again.`;
  });
  device.addEventListener?.('uncapturederror', ({ error }) => {
    failure ??= `operations that this device can do, received: ${firstLine(error.message)}. Use another backend.`;
  });
  const most = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  const acquire = bufferManager.acquireBuffer.bind(bufferManager);
  bufferManager.acquireBuffer = (bytes, ...more) => {
    if (failure) throw new RecsysError('backend-failed', `webgpu: expected ${failure}`);
    if (bytes <= most) return acquire(bytes, ...more);
    throw new RecsysError(
      'out-of-memory',
      `webgpu: expected tensors of at most ${most} bytes, which is what this device allows, received ${bytes} bytes. ` +
        'Choose smaller tables or batches, or another backend.',
    );
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/\.$/, '');
}
