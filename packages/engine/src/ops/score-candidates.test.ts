import { expect, it } from 'vitest';
import { addRows, type Gradient } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { scoreCandidates } from './score-candidates.js';

const createWave = (length: number, frequency: number) =>
  Float32Array.from({ length }, (_, at) => Math.sin(frequency * (at + 1)));
// [query 2, dim 5], [item 11, dim 5], [item 11, 1]
const entries = { vectors: createWave(10, 1), table: createWave(55, 2), bias: createWave(11, 3) };
const shapes = { vectors: [2, 5], table: [11, 5], bias: [11, 1] };
const ids = [3, 10, 0, 3, 3, 7, 10, 1, 5, 0, 7, 9, 4, 3]; // [query 2, candidate 7], item 3 four times
const createCandidates = () => tf.tensor2d(ids, [2, 7], 'int32');

type Name = keyof typeof entries;
const createVariables = () =>
  new Map((Object.keys(entries) as Name[]).map((name) => [name, tf.variable(tf.tensor(entries[name], shapes[name]))]));

function computeScores(variables: ReadonlyMap<string, tf.Variable>): tf.Tensor2D {
  return scoreCandidates(
    variables.get('vectors') as unknown as tf.Tensor2D,
    variables.get('table')!,
    createCandidates(),
    variables.get('bias'),
  );
}

/** Sums a nonlinear function of every entry, each with a weight of its own. */
const weigh = (scores: tf.Tensor) =>
  tf.sum(
    tf.mul(
      tf.square(scores),
      tf.tensor2d(
        Float32Array.from({ length: 14 }, (_, at) => Math.cos(at + 1)),
        [2, 7],
      ),
    ),
  ) as tf.Scalar;

const weighNumbers = (scores: readonly number[]) =>
  scores.reduce((sum, score, at) => sum + score * score * Math.cos(at + 1), 0);

/** Computes the equation in double precision. */
function computeReference({ vectors, table, bias }: Record<Name, Float32Array>): number[] {
  return ids.map((id, at) => {
    const query = Math.floor(at / 7);
    return [0, 1, 2, 3, 4].reduce((sum, d) => sum + vectors[query * 5 + d]! * table[id * 5 + d]!, bias[id]!);
  });
}

function toDense(gradient: Gradient, name: Name): Float32Array {
  if (gradient.kind === 'dense') return gradient.values;
  const sum = new Float32Array(entries[name].length);
  addRows(sum, gradient, shapes[name]![1]!);
  return sum;
}

describeOnBackends('scoreCandidates', () => {
  it('has the values of the equation, in a step and outside', () => {
    const variables = createVariables();
    expectClose(computeScores(variables).dataSync(), computeReference(entries), 1e-6);
    const { value } = valueAndGradients(() => weigh(computeScores(variables)), variables);
    expectClose(value.dataSync(), [weighNumbers(computeReference(entries))], 1e-6);
  });

  it('has the gradients of finite differences: rows for the tables, dense for the vectors', () => {
    const variables = createVariables();
    const { gradients } = valueAndGradients(() => weigh(computeScores(variables)), variables);
    expect([...gradients].map(([name, { kind }]) => [name, kind])).toEqual([
      ['vectors', 'dense'],
      ['table', 'rows'],
      ['bias', 'rows'],
    ]);
    for (const name of ['vectors', 'table', 'bias'] as const) {
      const evaluateAt = (moved: Float32Array) => weighNumbers(computeReference({ ...entries, [name]: moved }));
      expectClose(toDense(gradients.get(name)!, name), numericGradient(evaluateAt, entries[name]), 1e-4);
    }
  });

  it('leaks no tensor', () => {
    const variables = createVariables();
    const step = () => tf.tidy(() => void valueAndGradients(() => weigh(computeScores(variables)), variables));
    step(); // some backends allocate tensors at the first run
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses shapes that disagree and candidates out of range', () => {
    const [vectors, table] = [tf.zeros([2, 5]) as tf.Tensor2D, tf.variable(tf.zeros([11, 5]))];
    expect(() =>
      scoreCandidates(vectors, tf.variable(tf.zeros([11, 3])), createCandidates()),
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
