import { createRng } from '@footlight/core';
import { multinomialLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { multVae } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate/evaluate.js';
import { measureLoss } from './evaluate/measure-loss.js';
import { defineExperiment } from './experiment/define-experiment.js';
import { annealed } from './fit/penalty-weight.js';
import { plateau } from './fit/plateau.js';
import { stopEarly } from './fit/stop-early.js';
import { createInteractions, createTablePredictor, learnedExperiment } from './fixtures.js';
import { fileCheckpoint } from './storage/checkpoint.js';

const invalidCounts = [-1, 0.5, Number.NaN, Infinity, '3' as unknown as number];
const heldOut = { history: createInteractions([], 1, 3), targets: createInteractions([[0, 1]], 1, 3) };
const predictor = createTablePredictor([[1, 2, 3]]);

/** Functions with numeric options, and values that are invalid. */
const options: readonly [string, readonly number[], (value: number) => unknown][] = [
  [
    'evaluate(batchSize)',
    [0, ...invalidCounts],
    (batchSize) => evaluate(predictor, heldOut, { metrics: [ndcg({ at: 1 })], batchSize }),
  ],
  ['defineExperiment(epochs)', invalidCounts, (epochs) => defineExperiment({ ...learnedExperiment, epochs })],
  [
    'defineExperiment(batchSize)',
    [0, ...invalidCounts],
    (batchSize) => defineExperiment({ ...learnedExperiment, batchSize }),
  ],
  ['stopEarly(patience)', [0, ...invalidCounts], (patience) => stopEarly({ metric: 'mrr', patience })],
  [
    'stopEarly(minimumChange)',
    [-1, Number.NaN, Infinity],
    (minimumChange) => stopEarly({ metric: 'mrr', minimumChange }),
  ],
  ['annealed(steps, epochs)', [0, -1, Number.NaN, Infinity], (epochs) => annealed({ cap: 1, epochs })],
  [
    'measureLoss(batchSize)',
    [0, ...invalidCounts],
    (batchSize) =>
      measureLoss(multVae({ dims: [5, 2] }).build({ userCount: 1, itemCount: 3 }, createRng(1)), heldOut, {
        loss: multinomialLoss(),
        batchSize,
      }),
  ],
  ['fileCheckpoint(seconds)', [-1, Number.NaN], (seconds) => fileCheckpoint({ path: 'none', key: '', seconds })],
  ['plateau(factor)', [0, -1, 1, Number.NaN], (factor) => plateau({ metric: 'mrr', factor })],
  ['plateau(patience)', invalidCounts, (patience) => plateau({ metric: 'mrr', patience })],
  ['plateau(threshold)', [-1, 1, Number.NaN], (threshold) => plateau({ metric: 'mrr', threshold })],
];

describe('numeric options', () => {
  it.each(options.flatMap(([name, values, call]) => values.map((value) => [name, value, call] as const)))(
    '%s refuses %s',
    async (name, value, call) => {
      await expect((async () => call(value))()).rejects.toThrow(`${name}: expected `);
    },
  );
});
