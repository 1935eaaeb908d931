import type { Trial } from './trial.js';

/** (x − 1)² + (y + 2)², with its minimum 0. */
export function parabola(trial: Pick<Trial, 'float'>): number {
  const [x, y] = ['x', 'y'].map((name) => trial.float(name, { low: -5, high: 5 })) as [number, number];
  return (x - 1) ** 2 + (y + 2) ** 2;
}

/** A space with every kind of parameter, and a branch. */
export function mixed(trial: Trial): number {
  const rate = trial.float('rate', { low: 1e-5, high: 1, log: true });
  const dim = trial.integer('dim', { low: 8, high: 64, step: 8 });
  const kind = trial.categorical('kind', ['mlp', 'lstm']);
  const depth = kind === 'mlp' ? trial.integer('depth', { low: 1, high: 5 }) : 2;
  const dropout = trial.float('dropout', { low: 0, high: 0.5, step: 0.1 });
  return (Math.log10(rate) + 2) ** 2 + (dim - 32) ** 2 / 256 + depth + dropout + (kind === 'mlp' ? 0.5 : 0);
}
