import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeMachine } from '../describe-machine.browser.js';
import { tf } from '../tfjs/tfjs.js';
import { useBackend } from '../use-backend.js';
import { backendNames, startBackend } from './start-backend.browser.js';

// Runs in Node: what a browser runs is in `tooling/browser-check`.
describe('startBackend in a browser', () => {
  let before: string;
  beforeAll(async () => {
    if (!tf.engine().backendName) await useBackend();
    before = tf.getBackend();
  });
  afterAll(async () => {
    await tf.setBackend(before);
  });

  it('prefers WebAssembly, and knows the backends of TensorFlow.js for graphics processors', () => {
    expect(backendNames).toEqual(['wasm', 'cpu', 'wasm-relaxed', 'webgpu', 'webgl']);
  });

  it('starts plain JavaScript', async () => {
    expect(await startBackend('cpu')).toBe('plain JavaScript');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('explains how to register a backend', async () => {
    await expect(startBackend('webgpu')).rejects.toThrow(
      "it is not registered: import '@tensorflow/tfjs-backend-webgpu' first",
    );
  });

  it('describes the browser', async () => {
    vi.stubGlobal('navigator', { userAgent: 'a browser', hardwareConcurrency: 3 });
    expect(await describeMachine()).toEqual({ platform: 'a browser', cpu: 'unknown', threads: 3 });
    vi.unstubAllGlobals();
  });
});
