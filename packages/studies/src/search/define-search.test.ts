import { describe, expect, it } from 'vitest';
import { defineSearch, isSearch } from './define-search.js';
import { createFactorizationSearch } from './search.fixture.js';
import type { SearchOptions } from './types.js';

describe('defineSearch', () => {
  it('runs nothing, and is told from experiments', () => {
    let calls = 0;
    const search = createFactorizationSearch({
      change(experiment) {
        calls++;
        return experiment;
      },
    });
    expect(calls).toBe(0);
    expect(isSearch(search)).toBe(true);
    expect(isSearch({ model: {} })).toBe(false);
    expect(Object.isFrozen(search)).toBe(true);
  });

  it('names the option that is wrong', () => {
    const fine = { space: () => undefined as never, objective: { metric: 'mrr' } };
    const catchMessage = (options: object): string => {
      try {
        defineSearch({ ...fine, ...options } as SearchOptions);
        return 'no error';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const wrong = [
      { name: ' ' },
      { space: undefined },
      { objective: 'mrr' },
      { objective: { metric: 'mrr', direction: 'up' } },
      { trials: 0 },
      { trials: 3, stop: { trials: 3 } },
      { stop: { seconds: -1 } },
      { seeds: 0.5 },
      { seed: Number.NaN },
    ];
    expect(wrong.map(catchMessage)).toMatchInlineSnapshot(`
      [
        "defineSearch(name): expected a text, received  .",
        "defineSearch(space): expected a function that creates an experiment from a trial, received undefined.",
        "defineSearch(objective.metric): expected the name of a metric, e.g. ndcg@10, received undefined.",
        "defineSearch(objective.direction): expected minimize or maximize, received up.",
        "defineSearch(trials): expected a positive integer, received 0.",
        "defineSearch: expected trials or stop.trials, received both. Leave one of them out.",
        "createStudy(stop.seconds): expected a positive number, received -1.",
        "defineSearch(seeds): expected a positive integer, received 0.5.",
        "defineSearch(seed): expected a finite number, received NaN.",
      ]
    `);
  });
});
