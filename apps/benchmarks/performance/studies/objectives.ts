import type { Trial } from '@footlight/studies';

type Parameters = Pick<Trial, 'float' | 'integer' | 'categorical'>;

/** A function with a known minimum. */
export interface TestFunction {
  readonly minimum: number;
  compute(trial: Parameters): number;
}

const drawFloats = (trial: Parameters, count: number, low: number, high: number): number[] =>
  Array.from({ length: count }, (_, at) => trial.float(`x${at}`, { low, high }));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const heights = [1, 1.2, 3, 3.2];
const widths = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const places = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/**
 * Test functions of optimizers, by name: reference/studies.py has the same ones.
 *
 * @source https://www.sfu.ca/~ssurjano/optimization.html; the mixed and the conditional one are ours
 */
export const testFunctions: Readonly<Record<string, TestFunction>> = {
  'sphere-5': { minimum: 0, compute: (trial) => sum(drawFloats(trial, 5, -5, 5).map((x) => x * x)) },
  branin: {
    minimum: 0.39788735772973816,
    compute(trial) {
      const [x, y] = [trial.float('x', { low: -5, high: 10 }), trial.float('y', { low: 0, high: 15 })];
      const curve = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return curve ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
  },
  'hartmann-6': {
    minimum: -3.322368011415515,
    compute(trial) {
      const point = drawFloats(trial, 6, 0, 1);
      const terms = heights.map((height, k) => {
        const distance = sum(point.map((x, at) => widths[k]![at]! * (x - places[k]![at]!) ** 2));
        return height * Math.exp(-distance);
      });
      return -sum(terms);
    },
  },
  'rosenbrock-4': {
    minimum: 0,
    compute(trial) {
      const x = drawFloats(trial, 4, -5, 10);
      return sum([0, 1, 2].map((at) => 100 * (x[at + 1]! - x[at]! ** 2) ** 2 + (1 - x[at]!) ** 2));
    },
  },
  'ackley-10': {
    minimum: 0,
    compute(trial) {
      const x = drawFloats(trial, 10, -32.768, 32.768);
      const root = Math.sqrt(sum(x.map((each) => each * each)) / 10);
      const waves = sum(x.map((each) => Math.cos(2 * Math.PI * each))) / 10;
      return -20 * Math.exp(-0.2 * root) - Math.exp(waves) + 20 + Math.E;
    },
  },
  mixed: {
    minimum: 0,
    compute(trial) {
      const x = trial.float('x', { low: -5, high: 5 });
      const rate = trial.float('rate', { low: 1e-5, high: 1, log: true });
      const count = trial.integer('count', { low: 1, high: 20 });
      const kind = trial.categorical('kind', ['a', 'b', 'c']);
      return (x - 1) ** 2 + (Math.log10(rate) + 2) ** 2 + (count - 7) ** 2 / 10 + 'abc'.indexOf(kind);
    },
  },
  conditional: {
    minimum: 0,
    compute(trial) {
      const base = (Math.log10(trial.float('rate', { low: 1e-5, high: 1, log: true })) + 2) ** 2;
      if (trial.categorical('kind', ['one', 'two']) === 'one')
        return base + (trial.float('x', { low: -5, high: 5 }) - 2) ** 2 + 1;
      const [y, z] = [trial.float('y', { low: -5, high: 5 }), trial.float('z', { low: -5, high: 5 })];
      return base + (y + 1) ** 2 + (z - 1) ** 2;
    },
  },
};
