import { expect, it } from 'vitest';
import { lookup } from './ops/lookup.js';
import { describeOnBackends } from './testing/describe-on-backends.js';
import { expectClose } from './testing/expect-close.js';
import { tf } from './tfjs/tfjs.js';
import { valueAndGradients } from './value-and-gradients.js';

const createTable = () => tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
const lookUpRow = (weight: tf.Variable, id: number) => lookup(weight, tf.tensor1d([id], 'int32'));

describeOnBackends('valueAndGradients', () => {
  it('has dense gradients for a table that is used as a whole', () => {
    const weight = createTable();
    const { value, gradients } = valueAndGradients(() => tf.sum(tf.square(weight)), new Map([['weight', weight]]));
    expect(value.dataSync()[0]).toBe(91); // 1 + 4 + 9 + 16 + 25 + 36
    expect(gradients.get('weight')).toEqual({ kind: 'dense', values: Float32Array.of(2, 4, 6, 8, 10, 12) });
  });

  it('copies a gradient that two parameters share', () => {
    const [first, second] = [tf.variable(tf.zeros([1031])), tf.variable(tf.zeros([1031]))];
    const weights = tf.range(0, 1031);
    const { gradients } = valueAndGradients(
      () => tf.sum(tf.mul(tf.add(first, second), weights)) as tf.Scalar,
      new Map([
        ['first', first],
        ['second', second],
      ]),
    );
    const [one, other] = [gradients.get('first')!.values, gradients.get('second')!.values];
    expect(one.buffer === other.buffer && one.byteOffset === other.byteOffset).toBe(false);
    expect([...one]).toEqual([...weights.dataSync()]);
    expect([...other]).toEqual([...weights.dataSync()]);
  });

  it('adds the gradients of rows to the dense gradient of a table that is also used as a whole', () => {
    const weight = createTable();
    const { gradients } = valueAndGradients(
      () => tf.add(tf.sum(weight), tf.mul(10, tf.sum(lookUpRow(weight, 1)))),
      new Map([['weight', weight]]),
    );
    expect(gradients.get('weight')).toEqual({ kind: 'dense', values: Float32Array.of(1, 1, 11, 11, 1, 1) });
  });

  it('concatenates the rows of several lookups', () => {
    const weight = createTable();
    const { gradients } = valueAndGradients(
      () => tf.add(tf.sum(lookUpRow(weight, 2)), tf.mul(3, tf.sum(lookUpRow(weight, 0)))),
      new Map([['weight', weight]]),
    );
    const gradient = gradients.get('weight')!;
    if (gradient.kind !== 'rows') return expect.fail('expected rows');
    const readRow = (id: number) => gradient.values.subarray(gradient.ids.indexOf(id) * 2).slice(0, 2);
    expect([...gradient.ids].sort()).toEqual([0, 2]);
    expectClose([...readRow(2), ...readRow(0)], [1, 1, 3, 3]);
  });

  it('omits unused parameters and tables that are no parameters', () => {
    const [weight, frozen, idle] = [createTable(), createTable(), createTable()];
    const { gradients } = valueAndGradients(
      () => tf.sum(tf.mul(lookUpRow(weight, 1), lookUpRow(frozen, 1))),
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

  it('has no effect on later steps if it fails', () => {
    const weight = createTable();
    const fail = () => valueAndGradients(() => lookUpRow(weight, 3) as tf.Scalar, new Map([['weight', weight]]));
    expect(fail).toThrow('lookup(ids)');
    expect(
      tf
        .grad((x) => tf.sum(lookup(x as tf.Variable, tf.tensor1d([1], 'int32'))))(weight)
        .dataSync(),
    ).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
  });
});
