import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { lookup } from './ops/lookup.js';
import { describeOnBackends } from './testing/describe-on-backends.js';
import { expectClose } from './testing/expect-close.js';
import { valueAndGradients } from './value-and-gradients.js';

const table = () => tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
const row = (weight: tf.Variable, id: number) => lookup(weight, tf.tensor1d([id], 'int32'));

describeOnBackends('valueAndGradients', () => {
  it('gives dense gradients of what is used as a whole', () => {
    const weight = table();
    const { value, gradients } = valueAndGradients(() => tf.sum(tf.square(weight)), new Map([['weight', weight]]));
    expect(value.dataSync()[0]).toBe(91); // 1 + 4 + 9 + 16 + 25 + 36
    expect(gradients.get('weight')).toEqual({ kind: 'dense', values: Float32Array.of(2, 4, 6, 8, 10, 12) });
  });

  it('gives each of two parameters the gradient that they have in common', () => {
    const [first, second] = [tf.variable(tf.zeros([1031])), tf.variable(tf.zeros([1031]))];
    const slopes = tf.range(0, 1031);
    const { gradients } = valueAndGradients(
      () => tf.sum(tf.mul(tf.add(first, second), slopes)) as tf.Scalar,
      new Map([
        ['first', first],
        ['second', second],
      ]),
    );
    const [one, other] = [gradients.get('first')!.values, gradients.get('second')!.values];
    expect(one.buffer).not.toBe(other.buffer);
    expect([...one]).toEqual([...slopes.dataSync()]);
    expect([...other]).toEqual([...slopes.dataSync()]);
  });

  it('adds looked-up rows to the gradient of a table that is used as a whole too', () => {
    const weight = table();
    const { gradients } = valueAndGradients(
      () => tf.add(tf.sum(weight), tf.mul(10, tf.sum(row(weight, 1)))),
      new Map([['weight', weight]]),
    );
    expect(gradients.get('weight')).toEqual({ kind: 'dense', values: Float32Array.of(1, 1, 11, 11, 1, 1) });
  });

  it('joins the rows of several look-ups', () => {
    const weight = table();
    const { gradients } = valueAndGradients(
      () => tf.add(tf.sum(row(weight, 2)), tf.mul(3, tf.sum(row(weight, 0)))),
      new Map([['weight', weight]]),
    );
    const gradient = gradients.get('weight')!;
    if (gradient.kind !== 'rows') return expect.fail('expected rows');
    const of = (id: number) => gradient.values.subarray(gradient.ids.indexOf(id) * 2).slice(0, 2);
    expect([...gradient.ids].sort()).toEqual([0, 2]);
    expectClose([...of(2), ...of(0)], [1, 1, 3, 3]);
  });

  it('knows nothing of parameters that are not used, nor of tables that are not asked for', () => {
    const [weight, frozen, idle] = [table(), table(), table()];
    const { gradients } = valueAndGradients(
      () => tf.sum(tf.mul(row(weight, 1), row(frozen, 1))),
      new Map([
        ['weight', weight],
        ['idle', idle],
      ]),
    );
    expect([...gradients.keys()]).toEqual(['weight']);
  });

  it('has the same bytes every time', () => {
    const weight = tf.variable(
      tf.tensor2d(
        Float32Array.from({ length: 97 * 53 }, (_, at) => Math.sin(at)),
        [97, 53],
      ),
    );
    const ids = tf.tensor1d(
      Int32Array.from({ length: 211 }, (_, at) => (at * at) % 97),
      'int32',
    );
    const step = () =>
      valueAndGradients(
        () => tf.sum(tf.sigmoid(tf.matMul(lookup(weight, ids), weight, false, true))),
        new Map([['weight', weight]]),
      );
    const [once, again] = [step(), step()];
    expect(again.value.dataSync()).toEqual(once.value.dataSync());
    expect(again.gradients).toEqual(once.gradients);
  });

  it('lets the next step begin cleanly after one that failed', () => {
    const weight = table();
    const fail = () => valueAndGradients(() => row(weight, 3) as tf.Scalar, new Map([['weight', weight]]));
    expect(fail).toThrow('lookup(ids)');
    expect(
      tf
        .grad((x) => tf.sum(lookup(x as tf.Variable, tf.tensor1d([1], 'int32'))))(weight)
        .dataSync(),
    ).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
  });
});
