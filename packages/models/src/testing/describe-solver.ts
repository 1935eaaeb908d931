import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters, disposeParameters } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Scorer, Solver } from '../types.js';
import { listChoices, sizes } from './checkerboard.js';
import { createQueries } from './queries.js';

const everybody = [0, 1, 2, 3, 4];

/** The promises that every solver keeps, as tests. A model that reads histories should be made with a short one, e.g. 3 steps. */
export function describeSolver(name: string, solver: Solver): void {
  const { reads } = solver;
  const solve = (seed = 7) => solver.solve(checkerboard(), createRng(seed));
  const ask = (scorer: Scorer, users: readonly number[], padding = 0) =>
    tf.tidy(
      () =>
        scorer
          .score(createQueries(users, reads, padding))
          .dataSync()
          .slice() as Float32Array,
    );

  describeOnBackends(name, () => {
    it('reads what it says', () => expect(solve().reads).toEqual(reads));

    it('gives a finite score to each item', () => {
      expect(solve().score(createQueries(everybody, reads)).shape).toEqual([everybody.length, sizes.itemCount]);
      expect(ask(solve(), everybody).every(Number.isFinite)).toBe(true);
    });

    it('gives the same scores for the same seed', () =>
      expect(ask(solve(), everybody)).toEqual(ask(solve(), everybody)));

    it('answers many people as it answers each of them', () => {
      const scorer = solve();
      expectClose(
        everybody.flatMap((user) => [...ask(scorer, [user])]),
        ask(scorer, everybody),
      );
    });

    it('ignores what lies under the mask', () => {
      const scorer = solve();
      expectClose(ask(scorer, everybody, 3), ask(scorer, everybody));
    });

    it('is restored from its parameters alone', () => {
      const solved = solve();
      const restored = solver.restore(sizes);
      const target = collectParameters(restored.parameters);
      for (const [path, variable] of collectParameters(solved.parameters)) target.get(path)!.assign(tf.clone(variable));
      expect(ask(restored, everybody)).toEqual(ask(solved, everybody));
    });

    it('leaves no tensor behind', () => {
      ask(solve(), everybody); // whatever the backend sets up once is there afterwards
      const before = tf.memory().numTensors;
      const scorer = solve();
      ask(scorer, everybody);
      disposeParameters(scorer.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** Everybody's choices, one person after the other; nobody as active as another. */
function checkerboard(): Interactions {
  const rows = everybody.flatMap((user) => listChoices(user, user + 1).map((item) => ({ user, item })));
  return {
    catalogue: {
      ...sizes,
      userIds: Int32Array.from(everybody),
      itemIds: Int32Array.from({ length: sizes.itemCount }, (_, item) => item),
    },
    users: Int32Array.from(rows, ({ user }) => user),
    items: Int32Array.from(rows, ({ item }) => item),
  };
}
