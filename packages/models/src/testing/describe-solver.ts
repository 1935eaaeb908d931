import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters, disposeParameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import { summarizeModel } from '../summarize-model.js';
import type { DataSummary, Scorer, Solver } from '../types.js';
import { listChoices, sizes } from './checkerboard.js';
import { describeHistories } from './describe-histories.js';
import { createQueries } from './queries.js';

const allUsers = [0, 1, 2, 3, 4];

/**
 * Contract suite of solvers: tests that every solver must pass. A model that reads histories should read few steps,
 * e.g. 3. `data` must have 5 users and 7 items.
 */
export function describeSolver(name: string, solver: Solver, data: DataSummary = sizes): void {
  const { reads } = solver;
  const solve = (seed = 7) => solver.solve(createCheckerboard(data), createRng(seed));
  const scoreUsers = (scorer: Scorer, users: readonly number[], padding = 0) =>
    tf.tidy(
      () =>
        scorer
          .score(createQueries(users, reads, padding))
          .dataSync()
          .slice() as Float32Array,
    );

  describeOnBackends(name, () => {
    it('declares what it reads', () => expect(solve().reads).toEqual(reads));

    it('is summarized with the size of what it computes', () => {
      const values = [...collectParameters(solve().parameters).values()].reduce((sum, { size }) => sum + size, 0);
      expect(summarizeModel(solver, { ...data, interactions: createCheckerboard(data) }).count).toBe(values);
    });

    it('returns a finite score for each item', () => {
      expect(solve().score(createQueries(allUsers, reads)).shape).toEqual([allUsers.length, sizes.itemCount]);
      expect(scoreUsers(solve(), allUsers).every(Number.isFinite)).toBe(true);
    });

    it('returns the same scores for the same seed', () =>
      expect(scoreUsers(solve(), allUsers)).toEqual(scoreUsers(solve(), allUsers)));

    it('scores a batch of users like each user alone', () => {
      const scorer = solve();
      expectClose(
        allUsers.flatMap((user) => [...scoreUsers(scorer, [user])]),
        scoreUsers(scorer, allUsers),
      );
    });

    it('ignores what lies under the mask', () => {
      const scorer = solve();
      expectClose(scoreUsers(scorer, allUsers, 3), scoreUsers(scorer, allUsers));
    });

    it('is restored from its parameters alone', () => {
      const solved = solve();
      const shapes = [...collectParameters(solved.parameters)].map(([path, { shape }]) => [path, shape] as const);
      const restored = solver.restore(data, new Map(shapes));
      const target = collectParameters(restored.parameters);
      for (const [path, variable] of collectParameters(solved.parameters)) target.get(path)!.assign(tf.clone(variable));
      expect(scoreUsers(restored, allUsers)).toEqual(scoreUsers(solved, allUsers));
    });

    describeHistories(solve);

    it('leaves no tensors', () => {
      scoreUsers(solve(), allUsers); // the backend creates its own tensors now, if any
      const before = tf.memory().numTensors;
      const scorer = solve();
      scoreUsers(scorer, allUsers);
      disposeParameters(scorer.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** The choices of all users, one user after the other; each user has a different number. */
function createCheckerboard(data: DataSummary): Interactions {
  const rows = allUsers.flatMap((user) => listChoices(user, user + 1).map((item) => ({ user, item })));
  return {
    catalogue: {
      ...data,
      userIds: Int32Array.from(allUsers),
      itemIds: Int32Array.from({ length: sizes.itemCount }, (_, item) => item),
    },
    users: Int32Array.from(rows, ({ user }) => user),
    items: Int32Array.from(rows, ({ item }) => item),
  };
}
