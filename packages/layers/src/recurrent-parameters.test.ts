import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { mLstm } from './m-lstm.js';
import { collectParameters, disposeParameters } from './parameters.js';
import { createLayer, createSequence, layerNames, layers, toNumbers } from './recurrent.fixture.js';
import type { Recurrent } from './recurrent.js';

for (const name of layerNames) {
  describe(name, () => {
    it('starts within ±1/√dim', () => {
      const limit = 1 / Math.sqrt(7);
      const { parameters } = createLayer(name, { dim: 7, start: 'zero' });
      for (const variable of collectParameters(parameters).values()) {
        const largest = Math.max(...toNumbers(tf.abs(variable)));
        // There are at least 7 numbers; for one seed all are below with probability 0.7⁷ ≈ 0.08.
        expect(largest).toBeGreaterThan(0.7 * limit);
        expect(largest).toBeLessThan(limit);
      }
      disposeParameters(parameters);
    });

    it('draws a learned start with standard deviation 1/dim', () => {
      const { parameters } = createLayer(name, { dim: 397 });
      const start = toNumbers(collectParameters(parameters).get('start')!).map((value) => value * 397);
      const variance = start.reduce((sum, value) => sum + value * value, 0) / 397;
      expect(Math.abs(variance - 1)).toBeLessThan(0.29); // four standard errors: 4 √(2 / 397) = 0.28
      disposeParameters(parameters);
    });

    it('starts with zeros by default', () => {
      const layer = layers[name]({ inputDim: 3, dim: 2, rng: createRng(1) });
      expect(toNumbers(layer.start(5).hidden)).toEqual(new Array(10).fill(0));
    });
  });
}

const countParameters = (layer: Recurrent) =>
  [...collectParameters(layer.parameters).values()].reduce((sum, { size }) => sum + size, 0);

describe('lstm', () => {
  it('has 8 dim² + 8 dim parameters', () => {
    expect(countParameters(lstm({ inputDim: 5, dim: 5, rng: createRng(1) }))).toBe(8 * 25 + 8 * 5);
  });

  it('rejects sizes that are not positive integers', () => {
    expect(() => lstm({ inputDim: 0, dim: 3, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(inputDim): expected a positive integer, received 0.]`,
    );
    expect(() => lstm({ inputDim: 3, dim: 1.5, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(dim): expected a positive integer, received 1.5.]`,
    );
  });

  it('rejects input vectors of another length', () => {
    expect(() =>
      lstm({ inputDim: 2, dim: 3, rng: createRng(1) }).apply(createSequence()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(input): expected shape [batch, time, inputDim=2], received [2, 5, 3].]`,
    );
  });

  it('rejects a state without a cell state', () => {
    const half = { state: { hidden: tf.zeros<tf.Rank.R2>([2, 5]) } };
    expect(() =>
      lstm({ inputDim: 3, dim: 5, rng: createRng(1) }).apply(createSequence(), half),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstm(state): expected a hidden and a cell state, received a hidden state only.]`,
    );
  });
});

describe('mLstm', () => {
  it('has 10 dim² + 11 dim parameters with a learned start', () => {
    expect(countParameters(mLstm({ inputDim: 5, dim: 5, rng: createRng(1), start: 'learned' }))).toBe(10 * 25 + 11 * 5);
  });
});

describe('gru', () => {
  it('has 6 dim² + 6 dim parameters', () => {
    expect(countParameters(gru({ inputDim: 5, dim: 5, rng: createRng(1) }))).toBe(6 * 25 + 6 * 5);
  });
});
