import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf, toSparseRows } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { disposeParameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import { sizes } from '../testing/checkerboard.js';
import { describeSolver } from '../testing/describe-solver.js';
import type { Scorer } from '../types.js';
import { gfCf } from './gf-cf.js';

describeSolver('gfCf', gfCf());
describeSolver('gfCf without the ideal filter', gfCf({ ideal: 0 }));

/** GF-CF of PyTorch: a dense SVD of five users and seven items, of which three singular vectors are kept. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/gf-cf.json', import.meta.url), 'utf8')) as {
  readonly pairs: [user: number, item: number][];
} & Readonly<Record<'linear' | 'scores', { readonly values: number[] }>>;

const { userCount, itemCount } = sizes;
const train: Interactions = {
  catalogue: { userCount, itemCount, userIds: new Int32Array(userCount), itemIds: new Int32Array(itemCount) },
  users: Int32Array.from(torch.pairs, ([user]) => user),
  items: Int32Array.from(torch.pairs, ([, item]) => item),
};
const histories = Array.from({ length: userCount }, (_, user) => [
  ...new Set(torch.pairs.filter(([of]) => of === user).map(([, item]) => item)),
]);

function scoreBaskets({ score }: Scorer, lists: readonly (readonly number[])[]): Float32Array {
  return tf.tidy(() => {
    const queries = {
      users: tf.zeros([lists.length], 'int32') as tf.Tensor1D,
      history: tf.zeros([lists.length, 1], 'int32') as tf.Tensor2D,
      mask: tf.zeros([lists.length, 1]) as tf.Tensor2D,
    };
    return score({ ...queries, baskets: toSparseRows(lists) })
      .dataSync()
      .slice() as Float32Array;
  });
}

describeOnBackends('gfCf', () => {
  it('has the scores of PyTorch, also without training interactions of a user or an item', () => {
    const scorer = gfCf({ dim: 3 }).solve(train, createRng(1));
    expectClose(scoreBaskets(scorer, histories), torch.scores.values, 1e-5);
    disposeParameters(scorer.parameters);
  });

  it('is the linear filter alone without weight for the ideal one', () => {
    const scorer = gfCf({ ideal: 0 }).solve(train, createRng(1));
    expectClose(scoreBaskets(scorer, histories), torch.linear.values, 1e-5);
    disposeParameters(scorer.parameters);
  });

  it('adds up over the items of a basket, so that similarities are scores of one item', () => {
    const scorer = gfCf({ dim: 3 }).solve(train, createRng(1));
    const one = [0, 2, 5].map((item) => tf.tidy(() => scorer.similarities!(item).dataSync().slice()));
    const sum = Float32Array.from({ length: itemCount }, (_, at) => one.reduce((total, row) => total + row[at]!, 0));
    expectClose(sum, torch.scores.values.slice(0, itemCount), 1e-5);
    disposeParameters(scorer.parameters);
  });

  it('reports progress, and can be stopped between two steps', () => {
    const steps = gfCf({ dim: 2 }).solveInSteps!(train, createRng(1));
    const before = tf.memory().numTensors;
    expect(steps.next().value).toEqual({ label: 'singular vectors', unit: 'steps', done: 0, total: 12 });
    steps.return(undefined as never);
    expect(tf.memory().numTensors).toBe(before);
  });
});
