import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { addRows, type Gradient } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { scoreCandidates } from './score-candidates.js';

const waves = (length: number, speed: number) => Float32Array.from({ length }, (_, at) => Math.sin(speed * (at + 1)));
const entries = { vectors: waves(10, 1), table: waves(55, 2), bias: waves(11, 3) }; // [query 2, dim 5], [item 11, dim 5], [item 11, 1]
const shapes = { vectors: [2, 5], table: [11, 5], bias: [11, 1] };
const ids = [3, 10, 0, 3, 3, 7, 10, 1, 5, 0, 7, 9, 4, 3]; // [query 2, candidate 7], item 3 four times
const candidates = () => tf.tensor2d(ids, [2, 7], 'int32');

type Name = keyof typeof entries;
const variables = () =>
  new Map((Object.keys(entries) as Name[]).map((name) => [name, tf.variable(tf.tensor(entries[name], shapes[name]))]));

function scoresOf(of: ReadonlyMap<string, tf.Variable>): tf.Tensor2D {
  return scoreCandidates(of.get('vectors') as unknown as tf.Tensor2D, of.get('table')!, candidates(), of.get('bias'));
}

/** Depends on every score, on each in its own way and not linearly. */
const scalar = (scores: tf.Tensor) =>
  tf.sum(tf.mul(tf.square(scores), tf.reshape(tf.cos(tf.range(1, 15)), [2, 7]))) as tf.Scalar;

const weighed = (scores: readonly number[]) =>
  scores.reduce((sum, score, at) => sum + score * score * Math.cos(at + 1), 0);

/** The equation in float64. */
function byHand({ vectors, table, bias }: Record<Name, Float32Array>): number[] {
  return ids.map((id, at) => {
    const query = Math.floor(at / 7);
    return [0, 1, 2, 3, 4].reduce((sum, d) => sum + vectors[query * 5 + d]! * table[id * 5 + d]!, bias[id]!);
  });
}

function dense(gradient: Gradient, name: Name): Float32Array {
  if (gradient.kind === 'dense') return gradient.values;
  const sum = new Float32Array(entries[name].length);
  addRows(sum, gradient, shapes[name]![1]!);
  return sum;
}

describeOnBackends('scoreCandidates', () => {
  it('has the values of the equation, in a step and outside', () => {
    const of = variables();
    expectClose(scoresOf(of).dataSync(), byHand(entries), 1e-6);
    const { value } = valueAndGradients(() => scalar(scoresOf(of)), of);
    expectClose(value.dataSync(), [weighed(byHand(entries))], 1e-6);
  });

  it('has the gradients of finite differences: rows of the tables, all of the vectors', () => {
    const of = variables();
    const { gradients } = valueAndGradients(() => scalar(scoresOf(of)), of);
    expect([...gradients].map(([name, { kind }]) => [name, kind])).toEqual([
      ['vectors', 'dense'],
      ['table', 'rows'],
      ['bias', 'rows'],
    ]);
    for (const name of ['vectors', 'table', 'bias'] as const) {
      const value = (moved: Float32Array) => weighed(byHand({ ...entries, [name]: moved }));
      expectClose(dense(gradients.get(name)!, name), numericGradient(value, entries[name]), 1e-4);
    }
  });

  it('leaves no tensor behind', () => {
    const of = variables();
    const step = () => tf.tidy(() => void valueAndGradients(() => scalar(scoresOf(of)), of));
    step(); // whatever the backend sets up once is there afterwards
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses shapes that disagree and items that are none', () => {
    const [vectors, table] = [tf.zeros([2, 5]) as tf.Tensor2D, tf.variable(tf.zeros([11, 5]))];
    expect(() =>
      scoreCandidates(vectors, tf.variable(tf.zeros([11, 3])), candidates()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCandidates(table): expected shape [item, dim=5], received [11, 3].]`,
    );
    expect(() => scoreCandidates(vectors, table, tf.zeros([3, 7], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCandidates(candidates): expected shape [query=2, candidate], received [3, 7].]`,
    );
    expect(() =>
      scoreCandidates(
        vectors,
        table,
        tf.tensor2d(
          [
            [0, 1],
            [2, 11],
          ],
          [2, 2],
          'int32',
        ),
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCandidates(candidates): expected ids from 0 to 10, received 11 at [1, 1].]`,
    );
    expect(() => scoreCandidates(vectors, table, tf.zeros([2, 7]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scoreCandidates(candidates): expected int32, received float32.]`,
    );
  });
});
