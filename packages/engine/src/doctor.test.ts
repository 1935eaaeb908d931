import { afterEach, describe, expect, it, vi } from 'vitest';
import { testedOn } from './backends/tested-on.js';
import { doctor } from './doctor.js';
import { tf } from './tfjs/tfjs.js';

vi.mock('./backends/kernels/load-kernels.js', () => ({
  loadNativeKernels: () => undefined,
  explainMissingKernels: () => 'no C++ kernels for this platform',
}));

afterEach(() => vi.unstubAllEnvs());

describe('doctor', () => {
  it('tries every backend, explains why some do not work, and leaves the best one in use', async () => {
    // hides the TensorFlow that the command line may have installed on this machine
    vi.stubEnv('FOOTLIGHT_TENSORFLOW', '/nowhere');
    vi.stubEnv('FOOTLIGHT_TENSORFLOW_GPU', '/nowhere');
    vi.stubEnv('FOOTLIGHT_BACKEND', '');
    const { backends, chosen, machine, versions } = await doctor();
    expect(backends.map(({ name, works, reason }) => `${name} ${works ? 'works' : reason}`)).toEqual([
      'native no C++ kernels for this platform',
      'wasm works',
      'cpu works',
      expect.stringMatching(/^wasm-relaxed (works|expected relaxed SIMD \(Node 22 or .*\), found none)$/),
      'tensorflow @tensorflow/tfjs-node is not installed',
      'tensorflow-gpu @tensorflow/tfjs-node-gpu is not installed',
      expect.stringMatching(/^webgpu (webgpu is not installed|WebGPU finds no GPU|works)/),
    ]);
    expect(backends.map(({ tested }) => tested)).toEqual(backends.map(({ name }) => testedOn[name]));
    expect([chosen, tf.getBackend()]).toEqual(['wasm', 'wasm']);
    expect(machine).toMatchObject({ node: process.version, platform: `${process.platform} ${process.arch}` });
    expect(versions).toEqual({ '@tensorflow/tfjs-core': tf.version_core });
  });

  it('omits the compiler if there is none', async () => {
    vi.stubEnv('CXX', '/nowhere/g++');
    expect((await doctor()).machine).not.toHaveProperty('compiler');
  });
});
