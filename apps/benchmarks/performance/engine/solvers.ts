import { createRng } from '@footlight/core';
import { ials } from '@footlight/models';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadRatings } from './movielens-1m.js';
import { writeNumbers } from './write-numbers.js';

const dim = 128;

/** Models in closed form or with alternating solvers. */
export const solvers: BenchmarkCase[] = [
  {
    group: 'Solvers, MovieLens 1M',
    name: `iALS, dim ${dim}`,
    unit: 'iteration',
    maxRatio: 1,
    async prepare() {
      const train = await loadRatings();
      const { userCount, itemCount } = train.catalogue;
      const solve = (iterations: number) =>
        measureCall(() => void ials({ dim, iterations }).solve(train, createRng('model'))).seconds;
      return {
        // The difference excludes preparations, which both solves do once.
        run: () => ({ seconds: (solve(6) - solve(1)) / 5 }),
        request: {
          work: 'implicit-als',
          dim,
          userCount,
          itemCount,
          users: writeNumbers('users', train.users),
          items: writeNumbers('items', train.items),
        },
      };
    },
  },
];
