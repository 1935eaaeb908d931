import { tf } from '@footlight/engine';
import { bloomEmbeddings } from '@footlight/layers';
import { factorization, multVae, sequenceLstm } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { findIdAxes } from './find-id-axes.js';

describe('findIdAxes', () => {
  it('finds the axes of users and items', () => {
    expect(findIdAxes(factorization({ dim: 5 }))).toEqual(
      new Map([
        ['user/weight', ['user', 'fixed']],
        ['item/weight', ['item', 'fixed']],
        ['userBias/weight', ['user', 'fixed']],
        ['itemBias/weight', ['item', 'fixed']],
      ]),
    );
    const axes = [...findIdAxes(multVae({ dims: [7, 5] })).values()].flat();
    expect(axes.filter((axis) => axis === 'item')).toHaveLength(3); // the first and the last weight, the last bias
    expect(axes).not.toContain(undefined);
    expect([...findIdAxes(sequenceLstm({ dim: 7, history: 3 })).values()].flat()).not.toContain(undefined);
  });

  it('leaves out rows that belong to several ids', () => {
    const hashed = factorization({ dim: 5, itemEmbedding: bloomEmbeddings({ ratio: 0.5 }) });
    expect(findIdAxes(hashed).get('item/weight')).toEqual([undefined, 'fixed']);
  });

  it('leaves no tensors', () => {
    const before = tf.memory().numTensors;
    findIdAxes(factorization({ dim: 5 }));
    expect(tf.memory().numTensors).toBe(before);
  });
});
