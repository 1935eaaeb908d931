import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from './backends/native/load-kernels.js';
import { adam } from './optimizers/adam.js';
import { describeOnBackends } from './testing/describe-on-backends.js';
import { useBackend } from './use-backend.js';
import { claimValues, createVariable } from './variables.js';

describeOnBackends('createVariable', () => {
  it('has the values that were drawn, whether they fill the zeros or come in an array of their own', () => {
    const own = Float32Array.of(1, 2, 3, 4, 5, 6);
    const [filled, returned] = [createVariable([3, 2], (zeros) => zeros.fill(7)), createVariable([3, 2], () => own)];
    expect([...filled.dataSync(), ...returned.dataSync()]).toEqual([7, 7, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6]);
    expect(filled.shape).toEqual([3, 2]);
    adam({ learningRate: 1 }).apply(
      new Map([['own', returned]]),
      new Map([['own', { kind: 'dense', values: new Float32Array(6).fill(1) }]]),
    );
    expect([...own]).toEqual([1, 2, 3, 4, 5, 6]); // the caller's array stays as it was
  });
});

describe.skipIf(!loadNativeKernels())('a variable of createVariable', () => {
  it('stays where it was made when it is updated', async () => {
    await useBackend('native');
    let made: Float32Array | undefined;
    const variable = createVariable([3, 2], (zeros) => {
      made = zeros;
      return zeros;
    });
    expect(claimValues(variable)).toBe(made);
  });
});
