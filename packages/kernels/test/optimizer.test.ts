import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);
const sgd = { name: 'sgd', learningRate: 0.5 } as const;
const adam = { name: 'adam', learningRate: 0.5 } as const;

describe.skipIf(!isCompiled)('steps of optimizers', () => {
  it('sum the gradients of each row', () => {
    // −0.5 · 2 times the gradients: row 2 changes by −(1 + 4), −(2 + 5), row 0 by −3, −6.
    const weights = f(6);
    kernels.optimizerRows({
      optimizer: sgd,
      step: 1,
      factor: 2,
      weights,
      ids: i(2, 0, 2),
      gradients: Float32Array.of(1, 2, 3, 6, 4, 5),
      scratch: i(-1, -1, -1),
    });
    expect([...weights]).toEqual([-3, -6, 0, 0, -5, -7]);
  });

  it('do not depend on the order of rows', () => {
    const [ordered, reversed] = [f(6), f(6)];
    const createOptions = () => ({
      ...{ optimizer: adam, step: 1, factor: 1, firstSlot: f(6), secondSlot: f(6), scratch: i(-1, -1, -1) },
    });
    const [first, third] = [
      [1, -2],
      [3, 4],
    ] as const;
    const gradients = Float32Array.of(...first, ...third);
    kernels.optimizerRows({ ...createOptions(), weights: ordered, ids: i(0, 2), gradients });
    const others = Float32Array.of(...third, ...first);
    kernels.optimizerRows({ ...createOptions(), weights: reversed, ids: i(2, 0), gradients: others });
    expect([...ordered]).toEqual([...reversed]);
    expect([...ordered.slice(2, 4)]).toEqual([0, 0]);
  });

  it('reset the scratch, and do not rely on its content', () => {
    const [weights, scratch] = [f(4), i(7, 0)];
    kernels.optimizerRows({
      optimizer: sgd,
      step: 1,
      factor: 1,
      weights,
      ids: i(1, 0),
      gradients: f(4).fill(1),
      scratch,
    });
    expect([[...weights], [...scratch]]).toEqual([
      [-0.5, -0.5, -0.5, -0.5],
      [-1, -1],
    ]);
  });

  it.each<[string, () => unknown]>([
    [
      'a row beyond the table',
      () =>
        kernels.optimizerRows({
          optimizer: sgd,
          step: 1,
          factor: 1,
          weights: f(4),
          ids: i(2),
          gradients: f(2),
          scratch: i(-1, -1),
        }),
    ],
    [
      'a row below 0',
      () =>
        kernels.optimizerRows({
          optimizer: sgd,
          step: 1,
          factor: 1,
          weights: f(4),
          ids: i(-1),
          gradients: f(2),
          scratch: i(-1, -1),
          dense: true,
        }),
    ],
    [
      'too few gradients of rows',
      () =>
        kernels.optimizerRows({
          optimizer: sgd,
          step: 1,
          factor: 1,
          weights: f(4),
          ids: i(0, 1),
          gradients: f(3),
          scratch: i(-1, -1),
        }),
    ],
    [
      'scratch of another table',
      () =>
        kernels.optimizerRows({
          optimizer: sgd,
          step: 1,
          factor: 1,
          weights: f(4),
          ids: i(0),
          gradients: f(2),
          scratch: i(-1, -1, -1),
        }),
    ],
    [
      'no scratch',
      () =>
        kernels.optimizerRows({
          optimizer: sgd,
          step: 1,
          factor: 1,
          weights: f(4),
          ids: i(0),
          gradients: f(2),
          scratch: i(),
        }),
    ],
    [
      'a missing slot',
      () =>
        kernels.optimizerRows({
          optimizer: adam,
          step: 1,
          factor: 1,
          weights: f(4),
          firstSlot: f(4),
          ids: i(0),
          gradients: f(2),
          scratch: i(-1, -1),
        }),
    ],
    [
      'a slot of another length',
      () =>
        kernels.optimizerDense({
          optimizer: adam,
          step: 1,
          factor: 1,
          weights: f(4),
          firstSlot: f(4),
          secondSlot: f(3),
          gradient: f(4),
        }),
    ],
    [
      'a gradient of another length',
      () => kernels.optimizerDense({ optimizer: sgd, step: 1, factor: 1, weights: f(4), gradient: f(5) }),
    ],
    ['step 0', () => kernels.optimizerDense({ optimizer: sgd, step: 0, factor: 1, weights: f(4), gradient: f(4) })],
    [
      'an unknown rule',
      () =>
        kernels.optimizerDense({
          optimizer: { name: 'adadelta' } as never,
          step: 1,
          factor: 1,
          weights: f(4),
          gradient: f(4),
        }),
    ],
    [
      'no rule',
      () =>
        kernels.optimizerDense({ optimizer: undefined as never, step: 1, factor: 1, weights: f(4), gradient: f(4) }),
    ],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
