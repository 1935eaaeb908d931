import { createRng } from '@footlight/core';
import { ials } from '@footlight/models';
import { type Contest, timed } from '../contest.js';
import { fileOf, ratings } from './movielens-1m.js';

const dim = 128;

/** Models that are solved for. */
export const solvers: Contest[] = [
  {
    group: 'Solvers, MovieLens 1M',
    name: `iALS, dim ${dim}`,
    per: 'iteration',
    bar: 1,
    async prepare() {
      const train = await ratings();
      const { userCount, itemCount } = train.catalogue;
      const solve = (iterations: number) =>
        timed(() => void ials({ dim, iterations }).solve(train, createRng('model')));
      return {
        // What is done once, counting who chose what, is in both.
        ours: () => (solve(6) - solve(1)) / 5,
        request: {
          work: 'implicit-als',
          dim,
          userCount,
          itemCount,
          users: fileOf('users', train.users),
          items: fileOf('items', train.items),
        },
      };
    },
  },
];
