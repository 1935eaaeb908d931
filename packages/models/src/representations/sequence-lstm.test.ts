import { createRng, omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { sequenceLstm } from './sequence-lstm.js';

describeRepresentation('sequenceLstm', sequenceLstm({ dim: 5, history: 3 }));
describeRepresentation(
  'sequenceLstm of cell states with a learned start',
  sequenceLstm({ dim: 5, history: 3, states: 'cell', start: 'learned' }),
);
describeRepresentation(
  'sequenceLstm with reads-nothing',
  sequenceLstm({ dim: 5, history: 3, faithful: 'reads-nothing' }),
);

describe('sequenceLstm', () => {
  it('has 8 · d² + 8 · d parameters in its layer, as in Spotlight', () => {
    const { parameters } = sequenceLstm({ dim: 7, history: 3 }).build({ userCount: 1, itemCount: 5 }, createRng(1));
    const sizes = [...collectParameters(parameters)].map(
      ([path, variable]) => [path.split('/')[0], variable.size] as const,
    );
    expect(sizes.filter(([group]) => group === 'reader').reduce((sum, [, size]) => sum + size, 0)).toBe(448);
    expect(sizes.filter(([group]) => group !== 'reader')).toEqual([
      ['item', 35],
      ['itemBias', 5],
    ]);
  });

  it('scores with hidden states within ±1, or with cell states', () => {
    const computeStates = (states: 'hidden' | 'cell', faithful?: 'reads-nothing') =>
      tf.tidy(() => {
        const network = sequenceLstm({ dim: 7, history: 2, states, ...omitUndefined({ faithful }) }).build(
          { userCount: 1, itemCount: 5 },
          createRng(1),
        );
        for (const variable of collectParameters(network.parameters).values())
          variable.assign(tf.fill(variable.shape, 3));
        const { vectors } = network.encode({
          users: tf.tensor1d([0], 'int32'),
          history: tf.tensor2d([[0, 1]], [1, 2], 'int32'),
          mask: tf.ones([1, 2]),
        });
        return [...vectors.dataSync()].filter((_, at) => at % 7 === 0);
      });
    // All gates are open: the cell adds one at each step, and the hidden state is its tanh.
    expect(computeStates('cell').map((x) => Math.round(x * 1e4) / 1e4)).toEqual([1, 2]);
    expect(computeStates('hidden').map((x) => Math.round(x * 1e4) / 1e4)).toEqual([0.7616, 0.964]); // tanh 1, tanh 2
    // The biases alone open the gates at the step of zeros: 3 + 3 = 6, σ(6) tanh(6) = 0.9975.
    expect(computeStates('cell', 'reads-nothing').map((x) => Math.round(x * 100) / 100)).toEqual([2, 3]);
  });
});
