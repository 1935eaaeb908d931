import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyParameters, restoreParameters } from './parameters.js';

describe('copyParameters and restoreParameters', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const parameters = () => new Map([['user/weight', tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]))]]);

  it('copy values and restore them', async () => {
    const own = parameters();
    const values = await copyParameters(own);
    own.get('user/weight')!.assign(tf.zeros([2, 3]));
    expect([...values.get('user/weight')!.values]).toEqual([1, 2, 3, 4, 5, 6]);
    restoreParameters(own, values);
    expect([...own.get('user/weight')!.dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuse values of another model', () => {
    expect(() => restoreParameters(parameters(), new Map())).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: parameters: expected a value for user/weight, which this model has, received none. Load it with the model that was saved.]`,
    );
    expect(() =>
      restoreParameters(parameters(), new Map([['user/weight', { shape: [3, 2], values: new Float32Array(6) }]])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: parameters: expected user/weight of shape [2, 3], received [3, 2]. Build the model with the sizes it was saved with.]`,
    );
  });
});
