import { describe, expect, it } from 'vitest';
import { createStudy } from '../study.js';
import type { Study } from '../study-types.js';
import { computeImportance } from './importance.js';

// x, l, n, c and the value x² + 0.3 n of 40 trials.
const rows: readonly (readonly [number, number, number, string, number])[] = [
  [-1.4, 0.0489, 2, 'b', 2.56],
  [-4.4, 0.01, 8, 'b', 21.76],
  [-2.9, 0.4104, 7, 'b', 10.51],
  [-1.36, 0.0195, 5, 'b', 3.35],
  [4.88, 0.4942, 8, 'a', 26.214],
  [-3.39, 0.011, 1, 'a', 11.792],
  [-0.34, 0.1848, 8, 'b', 2.516],
  [-3.9, 0.0107, 2, 'b', 15.81],
  [-3.03, 0.0783, 6, 'a', 10.981],
  [-4.03, 0.0031, 3, 'a', 17.141],
  [4.76, 0.0393, 6, 'a', 24.458],
  [1.05, 0.0061, 1, 'a', 1.403],
  [-2.17, 0.4359, 8, 'b', 7.109],
  [-3.81, 0.1112, 4, 'a', 15.716],
  [-4.36, 0.0084, 4, 'a', 20.21],
  [-2.35, 0.0269, 2, 'a', 6.123],
  [0.76, 0.0016, 4, 'a', 1.778],
  [1.67, 0.4024, 1, 'a', 3.089],
  [-2.11, 0.2821, 3, 'b', 5.352],
  [-4.8, 0.0033, 7, 'a', 25.14],
  [1.78, 0.1549, 3, 'b', 4.068],
  [4.62, 0.1794, 4, 'b', 22.544],
  [0.92, 0.0192, 5, 'b', 2.346],
  [4.53, 0.0456, 5, 'b', 22.021],
  [1.99, 0.1281, 6, 'b', 5.76],
  [-1.03, 0.0023, 1, 'b', 1.361],
  [3.82, 0.0084, 5, 'b', 16.092],
  [0.01, 0.0014, 2, 'a', 0.6],
  [-0.76, 0.0152, 2, 'a', 1.178],
  [-1.98, 0.0105, 1, 'a', 4.22],
  [1.18, 0.0517, 7, 'b', 3.492],
  [-2.02, 0.0195, 2, 'b', 4.68],
  [0.74, 0.011, 6, 'a', 2.348],
  [-0.69, 0.002, 3, 'a', 1.376],
  [-0.64, 0.0021, 6, 'b', 2.21],
  [2.04, 0.5004, 1, 'a', 4.462],
  [2.14, 0.001, 6, 'a', 6.38],
  [3.68, 0.3255, 4, 'b', 14.742],
  [-3.76, 0.0029, 5, 'b', 15.638],
  [0.69, 0.06, 2, 'b', 1.076],
];

async function createSearch() {
  const study = await createStudy({ name: 'a' });
  for (const [x, l, n, c, value] of rows) {
    await study.enqueue({ x, l, n, c });
    const trial = await study.ask();
    trial.float('x', { low: -5, high: 5 });
    trial.float('l', { low: 1e-3, high: 1, log: true });
    trial.integer('n', { low: 1, high: 8 });
    trial.categorical('c', ['a', 'b']);
    await study.tell(trial, value);
  }
  return study;
}

const close = (expected: Record<string, number>) =>
  Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 6)]));

/** Adds 60 trials, of which one of `pruneEvery` is pruned after a report of its value; 0: none. */
async function addTrials(
  study: Study,
  compute: (params: { x: number; y: number; n: number }) => number | number[],
  pruneEvery = 0,
): Promise<void> {
  for (let at = 0; at < 60; at++) {
    const params = { x: ((at * 0.618) % 1) * 10 - 5, y: ((at * 0.414) % 1) * 10 - 5, n: (at % 7) + 1 };
    await study.enqueue(params);
    const trial = await study.ask();
    trial.float('x', { low: -5, high: 5 });
    trial.float('y', { low: -5, high: 5 });
    trial.integer('n', { low: 1, high: 7 });
    const isPruned = at % pruneEvery === 1;
    if (isPruned) trial.report(compute(params) as number, 0);
    await study.tell(trial, isPruned ? { pruned: true } : compute(params));
  }
}

describe('computeImportance', () => {
  it('has the values of PedAnovaImportanceEvaluator of Optuna 5.0.0', async () => {
    const study = await createSearch();
    expect(computeImportance(study)).toEqual(
      close({ n: 0.5609165827937003, x: 0.38000894445841116, l: 0.05872850573650408, c: 0.0003459670113844991 }),
    );
    expect(computeImportance(study, { target: 0.25, region: 0.75 })).toEqual(
      close({ x: 0.5498816482228606, l: 0.3984635334621331, n: 0.034901037322991116, c: 0.01675378099201531 }),
    );
  });

  it('has equal shares where nothing distinguishes the good trials', async () => {
    const study = await createStudy({ name: 'a' });
    await study.optimize(
      (trial) => trial.float('x', { low: 0, high: 1 }) * 0 + trial.integer('n', { low: 1, high: 9 }) * 0,
      {
        trials: 20,
      },
    );
    expect(computeImportance(study)).toEqual({ x: 0.5, n: 0.5 });
  });

  it('reads fronts or one objective of several', async () => {
    const study = await createStudy({ name: 'a', directions: ['minimize', 'maximize'] });
    await study.optimize((trial) => [trial.float('x', { low: 0, high: 1 }), trial.float('y', { low: 0, high: 1 })], {
      trials: 60,
    });
    expect(Object.keys(computeImportance(study, { objective: 1 }))[0]).toBe('y');
    expect(Object.keys(computeImportance(study, { objective: 0 }))[0]).toBe('x');
    expect(Object.keys(computeImportance(study)).length).toBe(2);
  });

  it('has the values of Optuna for two objectives, by fronts or by one of them', async () => {
    const study = await createStudy({ name: 'a', directions: ['minimize', 'maximize'] });
    await addTrials(study, ({ x, y, n }) => [x * x + n / 10, -((y - 2) ** 2) - x / 5]);
    expect(computeImportance(study)).toEqual(
      close({ x: 0.6107771942450885, n: 0.22214219048746417, y: 0.16708061526744739 }),
    );
    expect(computeImportance(study, { target: 0.3 })).toEqual(
      close({ x: 0.6083328844686571, y: 0.29339140959740767, n: 0.0982757059339352 }),
    );
    expect(computeImportance(study, { objective: 0 })).toEqual(
      close({ x: 0.8835777126453719, n: 0.11127360963470317, y: 0.005148677719924912 }),
    );
  });

  it('counts pruned trials with their last reports, if they are asked for', async () => {
    const study = await createStudy({ name: 'a' });
    await addTrials(study, ({ x, y }) => x * x + y / 2, 3);
    const expected = close({ x: 0.782241837533272, y: 0.20253391195979845, n: 0.015224250506929625 });
    expect(computeImportance(study, { target: 0.2, pruned: true })).toEqual(expected);
    expect(computeImportance(study, { target: 0.2 })).not.toEqual(expected);
  });

  it('refuses a study without trials', async () => {
    const study = await createStudy({ name: 'a' });
    expect(() => computeImportance(study)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: computeImportance(study): expected a complete trial with parameters, received none. Run the study first.]`,
    );
  });

  it('passes over trials without a parameter whose name every object has', async () => {
    const study = await createStudy({ name: 'conditional' });
    await study.optimize(
      (trial) => {
        const x = trial.float('x', { low: 0, high: 1 });
        return x < 0.5 ? x : x + trial.float('constructor', { low: 0, high: 1 });
      },
      { trials: 30 },
    );
    const shares = Object.entries(computeImportance(study));
    expect(shares.map(([name]) => name).sort()).toEqual(['constructor', 'x']);
    expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1);
  });
});
