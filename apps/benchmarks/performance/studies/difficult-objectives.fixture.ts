import type { Direction, TpeOptions, Trial, TrialOutcome } from '@footlight/studies';
import { testFunctions } from './objectives.js';

/** A search whose space, values or directions are unusual. */
interface DifficultSearch {
  readonly directions?: readonly Direction[];
  readonly options?: TpeOptions;
  compute(trial: Trial): TrialOutcome;
}

const changeRanges = (trial: Trial): number => {
  const high = trial.number < 20 ? 5 : 2;
  const x = trial.float('x', { low: -high, high });
  const y = trial.number % 3 === 0 ? trial.float('y', { low: 1, high }) : 0;
  return (x - 1) ** 2 + y + trial.float('z', { low: -1, high: 1 }) ** 2;
};

const twoValues = (trial: Trial): number[] => {
  const [x, y] = [trial.float('x', { low: -5, high: 5 }), trial.float('y', { low: -5, high: 5 })];
  const n = trial.integer('n', { low: 1, high: 8 });
  return [x * x + y * y + n, -((x - 2) ** 2 + (y + 1) ** 2)];
};

/** The searches called DIFFICULT in reference/studies.py. */
export const difficultSearches: Readonly<Record<string, DifficultSearch>> = {
  'report-some': {
    directions: ['maximize'],
    compute(trial) {
      const [x, n] = [trial.float('x', { low: -5, high: 5 }), trial.integer('n', { low: 1, high: 100, log: true })];
      const value = x * x + Math.abs(Math.log(n) - 2);
      for (let step = 0; step < 1 + (trial.number % 4); step++)
        trial.report(trial.number % 11 === 5 ? Number.NaN : -value - 1 / (step + 1), step);
      return trial.number % 3 > 0 ? { pruned: true } : -value;
    },
  },
  'prune-all': {
    compute(trial) {
      const x = trial.float('x', { low: -5, high: 5 });
      trial.report(x * x, 1);
      return { pruned: true };
    },
  },
  overflow: {
    compute(trial) {
      const x = trial.float('x', { low: -5, high: 5 });
      const y = trial.float('y', { low: 1e-300, high: 1e300, log: true });
      if (x > 3) return Number.NaN;
      return x > 1 ? Infinity : y < 1e-290 ? -Infinity : x * x + Math.abs(Math.log10(y));
    },
  },
  steps: {
    compute(trial) {
      const [x, y] = [
        trial.float('x', { low: 0, high: 1, step: 0.3 }),
        trial.float('y', { low: -1, high: 1, step: 0.1 }),
      ];
      const [n, one] = [trial.integer('n', { low: 1, high: 10, step: 4 }), trial.float('one', { low: 2, high: 2 })];
      const big = trial.integer('big', { low: -1e6, high: 1e6 });
      const choices = [null, true, 1.5, '1', 0] as const;
      const kind = trial.categorical('kind', choices);
      return x + y * y + n + one + Math.abs(big) / 1e6 + choices.indexOf(kind);
    },
  },
  'change-ranges': { compute: changeRanges },
  'change-ranges by groups': { options: { group: true }, compute: changeRanges },
  'conditional by groups': { options: { group: true }, compute: testFunctions.conditional!.compute },
  'two-values': { directions: ['minimize', 'maximize'], compute: twoValues },
  'two-values together': {
    directions: ['minimize', 'maximize'],
    options: { multivariate: true },
    compute: twoValues,
  },
  'three-values': {
    directions: ['minimize', 'minimize', 'minimize'],
    compute(trial) {
      const [x, y, z] = [0, 1, 2].map((at) => trial.float(`x${at}`, { low: -5, high: 5 })) as [number, number, number];
      return [x * x + y, (y - 1) ** 2 + z, (z + 1) ** 2 + x];
    },
  },
};
