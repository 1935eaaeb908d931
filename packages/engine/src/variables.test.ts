import { describe, expect, it } from 'vitest';
import { adam } from './optimizers/adam.js';
import { describeOnBackends } from './testing/describe-on-backends.js';
import { kernelBackends } from './testing/kernel-backends.fixture.js';
import { tf } from './tfjs/tfjs.js';
import { useBackend } from './use-backend.js';
import { claimValues, createVariable, limitVariables, watchVariables } from './variables.js';

describeOnBackends('createVariable', () => {
  it('has the drawn values, in the given zeros or in another array', () => {
    const own = Float32Array.of(1, 2, 3, 4, 5, 6);
    const [filled, returned] = [createVariable([3, 2], (zeros) => zeros.fill(7)), createVariable([3, 2], () => own)];
    expect([...filled.dataSync(), ...returned.dataSync()]).toEqual([7, 7, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6]);
    expect(filled.shape).toEqual([3, 2]);
    adam({ learningRate: 1 }).apply(
      new Map([['own', returned]]),
      new Map([['own', { kind: 'dense', values: new Float32Array(6).fill(1) }]]),
    );
    expect([...own]).toEqual([1, 2, 3, 4, 5, 6]); // the caller's array is not changed
  });
});

describe.each(kernelBackends)('a variable of createVariable on %s', (backend) => {
  it.each([3, 3001])('is updated in its first memory, %i rows', async (rows) => {
    await useBackend(backend);
    let created: Float32Array | undefined;
    const variable = createVariable([rows, 2], (zeros) => {
      created = zeros;
      return zeros;
    });
    expect(claimValues(variable)).toBe(created);
  });
});

describeOnBackends('limitVariables', () => {
  const create = (size: number) => createVariable([size], (zeros) => zeros);

  it('creates variables within the limit', () => {
    expect(limitVariables(5, () => [create(2), create(3)]).map(({ size }) => size)).toEqual([2, 3]);
    expect(create(7).size).toBe(7); // there is no limit outside
  });

  it('refuses more before it allocates them, and disposes of those that were created', () => {
    const before = tf.memory().numTensors;
    expect(() => limitVariables(4, () => [create(2), create(2 ** 40)])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: limitVariables: expected variables of at most 4 values, received more: 1099511627776 in the next one.]`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describeOnBackends('watchVariables', () => {
  it('tells once that an optimizer or assign has changed a variable', () => {
    const variables = [3, 5].map((size) => createVariable([size, 2], (zeros) => zeros));
    const haveChanged = watchVariables(variables);
    expect([haveChanged(), haveChanged()]).toEqual([true, false]);
    adam({ learningRate: 1 }).apply(
      new Map([['second', variables[1]!]]),
      new Map([['second', { kind: 'rows', ids: Int32Array.of(2), values: Float32Array.of(1, 1) }]]),
    );
    expect([haveChanged(), haveChanged()]).toEqual([true, false]);
    tf.tidy(() => variables[0]!.assign(tf.ones([3, 2])));
    expect([haveChanged(), haveChanged()]).toEqual([true, false]);
    expect(variables[0]!.dataSync()[0]).toBe(1);
    expect(haveChanged()).toBe(false); // reading changes nothing
    tf.dispose(variables);
  });
});
