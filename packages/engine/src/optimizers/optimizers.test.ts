import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Gradient } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import { adamW } from './adamw.js';
import { sgd } from './sgd.js';
import type { Optimizer, Rows } from './types.js';

type Values = Record<'table' | 'vector', number[]>;

/**
 * Five steps of PyTorch's optimizers in float64: table [7, 3] with repeated rows, vector [5]. Row 6 has no gradient.
 */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/optimizers.json', import.meta.url), 'utf8')) as {
  start: Values;
  steps: { ids: number[]; rows: number[]; vector: number[] }[];
  dense: Record<string, Values>;
  lazy: Record<string, { table: number[] }>;
};

const create: Record<string, (rows: Rows) => Optimizer> = {
  sgd: (rows) => sgd({ learningRate: 0.1, rows }),
  'sgd with momentum and l2': (rows) => sgd({ learningRate: 0.1, momentum: 0.9, l2: 0.01, rows }),
  adagrad: (rows) => adagrad({ learningRate: 0.1, rows }),
  'adagrad with l2': (rows) => adagrad({ learningRate: 0.1, l2: 0.01, rows }),
  adam: (rows) => adam({ learningRate: 0.1, rows }),
  'adam with l2': (rows) => adam({ learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-7, l2: 0.01, rows }),
  adamW: (rows) => adamW({ learningRate: 0.1, decay: 0.05, rows }),
};

function createParameters(): Map<string, tf.Variable> {
  return new Map<string, tf.Variable>([
    ['table', tf.variable(tf.tensor2d(torch.start.table, [7, 3]))],
    ['vector', tf.variable(tf.tensor1d(torch.start.vector))],
  ]);
}

function createGradients(step: number): Map<string, Gradient> {
  const { ids, rows, vector } = torch.steps[step]!;
  return new Map<string, Gradient>([
    ['table', { kind: 'rows', ids: Int32Array.from(ids), values: Float32Array.from(rows) }],
    ['vector', { kind: 'dense', values: Float32Array.from(vector) }],
  ]);
}

function train(
  optimizer: Optimizer,
  parameters: ReadonlyMap<string, tf.Variable>,
  from = 0,
  to = torch.steps.length,
): void {
  for (let step = from; step < to; step++) optimizer.apply(parameters, createGradients(step));
}

describeOnBackends('optimizers', () => {
  for (const [name, expected] of Object.entries(torch.dense))
    it(`${name} with dense rows equals PyTorch`, () => {
      const parameters = createParameters();
      train(create[name]!('dense'), parameters);
      expectClose(parameters.get('table')!.dataSync(), expected.table, 1e-6);
      expectClose(parameters.get('vector')!.dataSync(), expected.vector, 1e-6);
    });

  for (const [name, expected] of Object.entries(torch.lazy))
    it(`${name} with lazy rows equals PyTorch with sparse gradients`, () => {
      const parameters = createParameters();
      train(create[name]!('lazy'), parameters);
      expectClose(parameters.get('table')!.dataSync(), expected.table, 1e-6);
    });

  for (const [name, createOptimizer] of Object.entries(create)) {
    it(`${name} with lazy rows does not change rows without a gradient`, () => {
      const parameters = createParameters();
      train(createOptimizer('lazy'), parameters);
      expect(parameters.get('table')!.dataSync().slice(18)).toEqual(Float32Array.from(torch.start.table).slice(18));
    });

    it(`${name} continues from its state without a difference`, () => {
      const [whole, halves] = [createParameters(), createParameters()];
      train(createOptimizer('lazy'), whole);
      const first = createOptimizer('lazy');
      train(first, halves, 0, 2);
      const second = createOptimizer('lazy');
      second.restore(structuredClone(first.state()));
      train(first, createParameters(), 0, 1); // the copy does not share arrays with the original
      train(second, halves, 2);
      for (const [path, variable] of whole) expect(halves.get(path)!.dataSync()).toEqual(variable.dataSync());
    });

    it(`${name} keys its state by path, not by position`, () => {
      const [sorted, reversed] = [createParameters(), createParameters()];
      const [one, other] = [createOptimizer('lazy'), createOptimizer('lazy')];
      train(one, sorted);
      for (const step of torch.steps.keys())
        other.apply(step % 2 ? new Map([...reversed].reverse()) : reversed, createGradients(step));
      for (const [path, variable] of sorted) expect(reversed.get(path)!.dataSync()).toEqual(variable.dataSync());
    });
  }

  it('do not change copies of a parameter', () => {
    const values = Float32Array.of(1, 2, 3);
    const start = tf.tensor1d(values);
    const variable = tf.variable(start);
    const copy = tf.clone(variable);
    sgd({ learningRate: 1 }).apply(
      new Map([['w', variable]]),
      new Map([['w', { kind: 'dense', values: Float32Array.of(1, 1, 1) }]]),
    );
    expect([...variable.dataSync()]).toEqual([0, 1, 2]); // 1 − 1 · 1, …
    expect([[...copy.dataSync()], [...start.dataSync()], [...values]]).toEqual(Array(3).fill([1, 2, 3]));
  });

  it('affect later products of the parameter', () => {
    const weight = tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
    const computeProduct = () => [...tf.tidy(() => tf.matMul(tf.tensor2d([[1, 10, 100]]), weight).dataSync())];
    const optimizer = sgd({ learningRate: 1 });
    const step = () =>
      optimizer.apply(
        new Map([['w', weight]]),
        new Map([['w', { kind: 'dense', values: new Float32Array(6).fill(1) }]]),
      );
    const products = [computeProduct()];
    for (let at = 0; at < 3; at++) {
      step();
      products.push(computeProduct());
    }
    // Each step subtracts 1 from every entry, hence 111 from each product.
    expect(products).toEqual([0, 111, 222, 333].map((change) => [531 - change, 642 - change]));
  });

  it('apply the factor of the learning rate', () => {
    const variable = tf.variable(tf.tensor1d([1]));
    sgd({ learningRate: 0.5 }).apply(
      new Map([['w', variable]]),
      new Map([['w', { kind: 'dense', values: Float32Array.of(2) }]]),
      {
        factor: 0.1,
      },
    );
    expect(variable.dataSync()[0]).toBeCloseTo(0.9, 6); // 1 − 0.5 · 0.1 · 2
  });

  it('skip parameters without a gradient and leak no tensor', () => {
    const parameters = createParameters();
    const optimizer = adam({ learningRate: 0.1 });
    optimizer.apply(parameters, createGradients(0));
    const before = tf.memory().numTensors;
    optimizer.apply(parameters, new Map([['table', createGradients(1).get('table')!]]));
    const vector = parameters.get('vector')!.dataSync().slice();
    optimizer.apply(parameters, new Map());
    expect(parameters.get('vector')!.dataSync()).toEqual(vector);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('optimizers refuse options out of range', () => {
  expect(() => sgd({ learningRate: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: sgd(learningRate): expected a positive number, received 0.]`,
  );
  expect(() => sgd({ learningRate: 1, momentum: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: sgd(momentum): expected a number in [0, 1), received 1.]`,
  );
  expect(() => adagrad({ learningRate: 1, l2: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adagrad(l2): expected a finite number from 0, received -1.]`,
  );
  expect(() => adam({ learningRate: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adam(learningRate): expected a positive number, received NaN.]`,
  );
  expect(() => adam({ learningRate: 1, beta2: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adam(beta2): expected a number in [0, 1), received 1.]`,
  );
  expect(() => adamW({ learningRate: 1, decay: -0.1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adamW(decay): expected a finite number from 0, received -0.1.]`,
  );
});
