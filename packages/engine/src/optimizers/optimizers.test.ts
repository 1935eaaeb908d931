import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Gradient } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import { adamW } from './adamw.js';
import { sgd } from './sgd.js';
import type { Optimizer, Rows } from './types.js';

type Values = Record<'table' | 'vector', number[]>;

/** Five steps of PyTorch's optimizers in float64; table [7, 3] with repeated rows, vector [5]. Row 6 is never looked up. */
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

function startOfTorch(): Map<string, tf.Variable> {
  return new Map<string, tf.Variable>([
    ['table', tf.variable(tf.tensor2d(torch.start.table, [7, 3]))],
    ['vector', tf.variable(tf.tensor1d(torch.start.vector))],
  ]);
}

function gradientsAt(step: number): Map<string, Gradient> {
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
  for (let step = from; step < to; step++) optimizer.apply(parameters, gradientsAt(step));
}

describeOnBackends('optimizers', () => {
  for (const [name, expected] of Object.entries(torch.dense))
    it(`${name} with dense rows steps as PyTorch`, () => {
      const parameters = startOfTorch();
      train(create[name]!('dense'), parameters);
      expectClose(parameters.get('table')!.dataSync(), expected.table, 1e-6);
      expectClose(parameters.get('vector')!.dataSync(), expected.vector, 1e-6);
    });

  for (const [name, expected] of Object.entries(torch.lazy))
    it(`${name} with lazy rows steps as PyTorch on sparse gradients`, () => {
      const parameters = startOfTorch();
      train(create[name]!('lazy'), parameters);
      expectClose(parameters.get('table')!.dataSync(), expected.table, 1e-6);
    });

  for (const [name, of] of Object.entries(create)) {
    it(`${name} with lazy rows leaves rows without a gradient as they are, bit for bit`, () => {
      const parameters = startOfTorch();
      train(of('lazy'), parameters);
      expect(parameters.get('table')!.dataSync().slice(18)).toEqual(Float32Array.from(torch.start.table).slice(18));
    });

    it(`${name} goes on from its state as if it had not stopped`, () => {
      const [whole, halves] = [startOfTorch(), startOfTorch()];
      train(of('lazy'), whole);
      const first = of('lazy');
      train(first, halves, 0, 2);
      const second = of('lazy');
      second.restore(structuredClone(first.state()));
      train(first, startOfTorch(), 0, 1); // what is restored does not hang on what it came from
      train(second, halves, 2);
      for (const [path, variable] of whole) expect(halves.get(path)!.dataSync()).toEqual(variable.dataSync());
    });

    it(`${name} keeps what it remembers by path, not by position`, () => {
      const [forth, back] = [startOfTorch(), startOfTorch()];
      const [one, other] = [of('lazy'), of('lazy')];
      train(one, forth);
      for (const step of torch.steps.keys())
        other.apply(step % 2 ? new Map([...back].reverse()) : back, gradientsAt(step));
      for (const [path, variable] of forth) expect(back.get(path)!.dataSync()).toEqual(variable.dataSync());
    });
  }

  it('leave copies of a parameter as they were', () => {
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

  it('are seen by the products that a parameter is in, however often it was multiplied by before', () => {
    const weight = tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
    const product = () => [...tf.tidy(() => tf.matMul(tf.tensor2d([[1, 10, 100]]), weight).dataSync())];
    const optimizer = sgd({ learningRate: 1 });
    const step = () =>
      optimizer.apply(
        new Map([['w', weight]]),
        new Map([['w', { kind: 'dense', values: new Float32Array(6).fill(1) }]]),
      );
    const seen = [product()];
    for (let at = 0; at < 3; at++) {
      step();
      seen.push(product());
    }
    // Each step takes 1 from every entry, hence 111 from each product.
    expect(seen).toEqual([0, 111, 222, 333].map((less) => [531 - less, 642 - less]));
  });

  it('take the factor on the learning rate', () => {
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

  it('leave parameters without a gradient and make no tensors', () => {
    const parameters = startOfTorch();
    const optimizer = adam({ learningRate: 0.1 });
    optimizer.apply(parameters, gradientsAt(0));
    const before = tf.memory().numTensors;
    optimizer.apply(parameters, new Map([['table', gradientsAt(1).get('table')!]]));
    const vector = parameters.get('vector')!.dataSync().slice();
    optimizer.apply(parameters, new Map());
    expect(parameters.get('vector')!.dataSync()).toEqual(vector);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('optimizers refuse what cannot be meant', () => {
  expect(() => sgd({ learningRate: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: sgd(learningRate): expected a number above 0, received 0.]`,
  );
  expect(() => sgd({ learningRate: 1, momentum: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: sgd(momentum): expected a number in [0, 1), received 1.]`,
  );
  expect(() => adagrad({ learningRate: 1, l2: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adagrad(l2): expected a number from 0, received -1.]`,
  );
  expect(() => adam({ learningRate: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adam(learningRate): expected a number above 0, received NaN.]`,
  );
  expect(() => adam({ learningRate: 1, beta2: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adam(beta2): expected a number in [0, 1), received 1.]`,
  );
  expect(() => adamW({ learningRate: 1, decay: -0.1 })).toThrowErrorMatchingInlineSnapshot(
    `[RecsysError: adamW(decay): expected a number from 0, received -0.1.]`,
  );
});
