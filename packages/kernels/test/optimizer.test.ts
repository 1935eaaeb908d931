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
    kernels.optimizerRows(
      sgd,
      1,
      2,
      weights,
      undefined,
      undefined,
      i(2, 0, 2),
      Float32Array.of(1, 2, 3, 6, 4, 5),
      i(-1, -1, -1),
      false,
    );
    expect([...weights]).toEqual([-3, -6, 0, 0, -5, -7]);
  });

  it('do not depend on the order of rows', () => {
    const [ordered, reversed] = [f(6), f(6)];
    const createSlots = () => [f(6), f(6)] as const;
    kernels.optimizerRows(
      adam,
      1,
      1,
      ordered,
      ...createSlots(),
      i(0, 2),
      Float32Array.of(1, -2, 3, 4),
      i(-1, -1, -1),
      false,
    );
    kernels.optimizerRows(
      adam,
      1,
      1,
      reversed,
      ...createSlots(),
      i(2, 0),
      Float32Array.of(3, 4, 1, -2),
      i(-1, -1, -1),
      false,
    );
    expect([...ordered]).toEqual([...reversed]);
    expect([...ordered.slice(2, 4)]).toEqual([0, 0]);
  });

  it('reset the scratch, and do not rely on its content', () => {
    const [weights, scratch] = [f(4), i(7, 0)];
    kernels.optimizerRows(sgd, 1, 1, weights, undefined, undefined, i(1, 0), f(4).fill(1), scratch, false);
    expect([[...weights], [...scratch]]).toEqual([
      [-0.5, -0.5, -0.5, -0.5],
      [-1, -1],
    ]);
  });

  it.each<[string, () => unknown]>([
    [
      'a row beyond the table',
      () => kernels.optimizerRows(sgd, 1, 1, f(4), undefined, undefined, i(2), f(2), i(-1, -1), false),
    ],
    ['a row below 0', () => kernels.optimizerRows(sgd, 1, 1, f(4), undefined, undefined, i(-1), f(2), i(-1, -1), true)],
    [
      'too few gradients of rows',
      () => kernels.optimizerRows(sgd, 1, 1, f(4), undefined, undefined, i(0, 1), f(3), i(-1, -1), false),
    ],
    [
      'scratch of another table',
      () => kernels.optimizerRows(sgd, 1, 1, f(4), undefined, undefined, i(0), f(2), i(-1, -1, -1), false),
    ],
    ['no scratch', () => kernels.optimizerRows(sgd, 1, 1, f(4), undefined, undefined, i(0), f(2), i(), false)],
    ['a missing slot', () => kernels.optimizerRows(adam, 1, 1, f(4), f(4), undefined, i(0), f(2), i(-1, -1), false)],
    ['a slot of another length', () => kernels.optimizerDense(adam, 1, 1, f(4), f(4), f(3), f(4))],
    ['a gradient of another length', () => kernels.optimizerDense(sgd, 1, 1, f(4), undefined, undefined, f(5))],
    ['step 0', () => kernels.optimizerDense(sgd, 0, 1, f(4), undefined, undefined, f(4))],
    [
      'an unknown rule',
      () => kernels.optimizerDense({ name: 'adadelta' } as never, 1, 1, f(4), undefined, undefined, f(4)),
    ],
    ['no rule', () => kernels.optimizerDense(undefined as never, 1, 1, f(4), undefined, undefined, f(4))],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
