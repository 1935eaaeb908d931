import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, projectedEmbeddings, scaledEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { assignWholeNumbers } from './assign-whole-numbers.fixture.js';
import { factorization } from './factorization.js';
import { factorizationMachine } from './factorization-machine.js';
import { sequenceLstm } from './sequence-lstm.js';

// 5 users, 7 items with 3 features each.
const itemVectors = { dim: 3, values: Float32Array.from({ length: 21 }, (_, at) => ((at * 5) % 11) - 5) };
const data = { userCount: 5, itemCount: 7, itemVectors };
const itemEmbedding = projectedEmbeddings();

describeRepresentation('factorization with item vectors', factorization({ dim: 5, itemEmbedding }), data);
describeRepresentation(
  'sequenceLstm with item vectors',
  sequenceLstm({ dim: 11, history: 3, itemEmbedding: projectedEmbeddings({ vectors: scaledEmbeddings() }) }),
  data,
);
describeRepresentation('factorizationMachine with item vectors', factorizationMachine({ dim: 5 }), data);

describe('factorizationMachine with item vectors', () => {
  it('has the score of its equation, with dense features as real-valued features', () => {
    const network = factorizationMachine({ dim: 2 }).build(data, createRng(1));
    const parameters = collectParameters(network.parameters);
    assignWholeNumbers(parameters);
    const rows = (name: string) => parameters.get(name)!.arraySync() as number[][];
    const length = Math.sqrt(itemVectors.values.reduce((sum, x) => sum + x * x, 0) / 7);
    const [user, item] = [1, 4];
    // all features of the pair: value, weight, vector
    const features = [
      { x: 1, w: rows('userLinear/weight')[user]![0]!, v: rows('user/weight')[user]! },
      { x: 1, w: rows('itemLinear/weight')[item]![0]!, v: rows('item/weight')[item]! },
      ...[0, 1, 2].map((f) => ({
        x: itemVectors.values[item * 3 + f]! / length,
        w: rows('itemVectors/linear')[f]![0]!,
        v: rows('itemVectors/weight')[f]!,
      })),
    ];
    let expected = (parameters.get('bias')!.arraySync() as number[])[0]!;
    for (const [at, one] of features.entries()) {
      expected += one.w * one.x;
      for (const other of features.slice(at + 1))
        expected += one.x * other.x * (one.v[0]! * other.v[0]! + one.v[1]! * other.v[1]!);
    }
    const score = tf.tidy(() => {
      const users = tf.tensor1d([user], 'int32');
      const { vectors } = network.encode({ users, history: tf.zeros([1, 1]), mask: tf.zeros([1, 1]) });
      return (network.score(tf.reshape(vectors, [1, -1])).arraySync() as number[][])[0]![item]!;
    });
    expect(score).toBeCloseTo(expected, 4);
  });
});

describe('models with item vectors', () => {
  it('say what they need if the data have none', () => {
    expect(() => factorization({ dim: 5, itemEmbedding }).build({ userCount: 5, itemCount: 7 }, createRng(1))).toThrow(
      'projectedEmbedding(denseFeatures): expected vectors of the ids, received none.',
    );
  });
});
