import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { collectParameters, disposeParameters } from './parameters.js';

const tree = () => ({
  user: { weight: tf.variable(tf.zeros([2, 3])) },
  towers: { left: { bias: tf.variable(tf.zeros([5])) } },
  scale: tf.variable(tf.scalar(1)),
});

describe('collectParameters', () => {
  it('maps every path to its variable, in the order of the tree', () => {
    const parameters = tree();
    const flat = collectParameters(parameters);
    expect([...flat.keys()]).toEqual(['user/weight', 'towers/left/bias', 'scale']);
    expect(flat.get('towers/left/bias')).toBe(parameters.towers.left.bias);
  });

  it('returns an empty map for a layer without parameters', () => expect(collectParameters({}).size).toBe(0));
});

describe('disposeParameters', () => {
  it('frees every variable once, shared variables included', () => {
    const parameters = tree();
    const before = tf.memory().numTensors;
    disposeParameters({ ...parameters, again: parameters.user });
    expect(before - tf.memory().numTensors).toBe(3);
    disposeParameters(parameters); // a second time changes nothing
    expect(before - tf.memory().numTensors).toBe(3);
  });
});
