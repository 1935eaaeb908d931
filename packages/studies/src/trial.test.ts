import { describe, expect, it } from 'vitest';
import { createStudy } from './study.js';

describe('a trial', () => {
  it('returns the same value for the same parameter, and refuses wrong ranges', async () => {
    const study = await createStudy({ name: 'a' });
    const trial = await study.ask();
    const x = trial.float('x', { low: 0, high: 1 });
    expect(trial.float('x', { low: 0, high: 1 })).toBe(x);
    expect(trial.float('ten', { low: 0, high: 1, step: 0.3 }) <= 0.9).toBe(true);
    expect(trial.integer('one', { low: 3, high: 3 })).toBe(3);
    expect(trial.params).toMatchObject({ x, one: 3 });
    const wrong: (() => unknown)[] = [
      () => trial.float('x', { low: 0.1, high: 1, log: true }),
      () => trial.categorical('x', ['a']),
      () => trial.float('y', { low: 1, high: 0 }),
      () => trial.float('y', { low: 0, high: 1, log: true }),
      () => trial.float('y', { low: 1, high: 2, log: true, step: 1 }),
      () => trial.integer('y', { low: 0.5, high: 1 }),
      () => trial.categorical('y', []),
      () => trial.categorical('y', ['a', 'a']),
      () => trial.categorical('y', [Number.NaN]),
      () => trial.report(1, -1),
      () => trial.report('1' as unknown as number, 1),
    ];
    const messages = wrong.map((call) => {
      try {
        return String(call());
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "trial(x): expected the distribution of earlier trials, {"name":"FloatDistribution","attributes":{"step":null,"low":0,"high":1,"log":false}}, received {"name":"FloatDistribution","attributes":{"step":null,"low":0.1,"high":1,"log":true}}. Give the parameter another name.",
        "trial(x): expected the distribution of earlier trials, {"name":"FloatDistribution","attributes":{"step":null,"low":0,"high":1,"log":false}}, received {"name":"CategoricalDistribution","attributes":{"choices":["a"]}}. Give the parameter another name.",
        "trial.float(y): high: expected a finite number from 1, received 0.",
        "trial.float(y): low: expected a positive number, received 0.",
        "trial.float(y): expected log or step, received both. Leave one of them out.",
        "trial.integer(y): low: expected an integer, received 0.5.",
        "trial.categorical(y): expected at least one choice, received none.",
        "trial.categorical(y): expected different choices, received one of them twice.",
        "trial.categorical(y): expected texts, finite numbers, booleans or null, received NaN. Name objects by a text.",
        "trial.report(step): expected an integer from 0, received -1.",
        "trial.report(value): expected a number, received 1.",
      ]
    `);
  });

  it('keeps the kinds of parameters that other trials had', async () => {
    const study = await createStudy({ name: 'a' });
    (await study.ask()).float('x', { low: 0, high: 1 });
    const next = await study.ask();
    expect(() => next.integer('x', { low: 0, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: trial(x): expected the distribution of earlier trials, {"name":"FloatDistribution","attributes":{"step":null,"low":0,"high":1,"log":false}}, received {"name":"IntDistribution","attributes":{"log":false,"step":1,"low":0,"high":1}}. Give the parameter another name.]`,
    );
    expect(next.float('x', { low: 5, high: 6 })).toBeGreaterThanOrEqual(5); // a new range is fine
  });
});
