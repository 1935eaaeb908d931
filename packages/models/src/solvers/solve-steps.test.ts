import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { ease } from './ease.js';
import { ials } from './ials.js';
import { itemKnn } from './item-knn.js';
import { solveSteps } from './solve-steps.js';

/** Five users and seven items, two of each user's. */
const train: Interactions = {
  catalogue: {
    userCount: 5,
    itemCount: 7,
    userIds: Int32Array.of(0, 1, 2, 3, 4),
    itemIds: Int32Array.of(0, 1, 2, 3, 4, 5, 6),
  },
  users: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4),
  items: Int32Array.of(0, 1, 1, 2, 3, 4, 0, 5, 6, 1),
};

const solvers = [ease({ regularization: 3 }), ials({ dim: 2 }), itemKnn({ neighbors: 2 })];

describe('solveSteps', () => {
  it.each(solvers)('of $name solves as solve does', (solver) => {
    const whole = solver.solve(train, createRng(1));
    const steps = solveSteps(solver.solveInSteps!(train, createRng(1)), undefined);
    const read = ({ parameters }: typeof whole) =>
      Object.values(parameters as Record<string, tf.Variable>).map((variable) => variable.dataSync());
    expect(read(steps)).toEqual(read(whole));
  });

  it.each(solvers)('of $name leaves no tensors where it stops', (solver) => {
    for (let stop = 1; ; stop++) {
      const before = tf.memory().numTensors;
      const steps = solver.solveInSteps!(train, createRng(1));
      let isDone = false;
      for (let step = 0; step < stop && !isDone; step++) isDone = steps.next().done!;
      if (isDone) break;
      steps.return(undefined as never);
      expect(tf.memory().numTensors).toBe(before);
      expect(stop).toBeLessThan(100);
    }
  });
});
