import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import type { Queries } from '../types.js';
import { multVae } from './mult-vae.js';

describeRepresentation(
  'multVae that always samples',
  multVae({ dims: [13, 5], faithful: ['extra-tanh', 'always-samples'] }),
);

describe('multVae that always samples', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const users = 400;
  const queries: Queries = {
    users: tf.range(0, users, 1, 'int32'),
    history: tf.zeros([users, 1], 'int32'),
    mask: tf.zeros([users, 1]),
    baskets: {
      offsets: Int32Array.from({ length: users + 1 }, (_, row) => 2 * row),
      ids: Int32Array.from({ length: 2 * users }, (_, at) => (at % 2 === 0 ? 1 : 4)),
    },
  };
  /** The codes are the vectors, since there is no hidden layer in the decoder. */
  const encode = (faithful: 'always-samples'[]) =>
    multVae({ dims: [5], decoder: [], faithful })
      .build({ userCount: users, itemCount: 11 }, createRng(4))
      .encode(queries);

  it('adds standard normal noise times the deviation to the mean, of each user its own and always the same', () => {
    const [{ vectors: sampled }, { vectors: again }, { vectors: mean, penalty }] = [
      encode(['always-samples']),
      encode(['always-samples']),
      encode([]),
    ];
    expect(sampled.dataSync()).toEqual(again.dataSync());
    const noise = tf.sub(sampled, mean); // [user, 1, dim]; all users have one basket, and one deviation per unit
    const variances = tf.mean(tf.square(noise), 0).dataSync();
    const means = tf.mean(noise, 0).dataSync();
    const squares = tf.square(mean).dataSync().subarray(0, 5);
    // penalty = −½ Σ (1 + log σ² − μ² − σ²); with the variances of 400 samples it agrees within sampling error.
    const expected = [...variances].reduce((sum, v, at) => sum - 0.5 * (1 + Math.log(v) - squares[at]! - v), 0);
    expect(Math.abs(expected - penalty!.dataSync()[0]!)).toBeLessThan(0.05);
    for (const each of means) expect(Math.abs(each)).toBeLessThan(0.3); // 4 standard errors
  });

  it('is named in the protocol, and refuses other words', () => {
    expect(multVae({ faithful: 'always-samples' }).protocol).toMatchObject({ faithful: 'always-samples' });
    expect(multVae({ faithful: ['extra-tanh', 'always-samples'] }).protocol).toMatchObject({
      faithful: ['extra-tanh', 'always-samples'],
    });
    expect(() => multVae({ faithful: 'sampling' as never })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multVae(faithful): expected 'extra-tanh', 'always-samples' or both, received sampling.]`,
    );
  });
});
