import { createRng } from '@footlight/core';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import { sequenceGru } from './sequence-gru.js';

describeRepresentation('sequenceGru', sequenceGru({ dim: 5, history: 3 }));
describeRepresentation('sequenceGru with a learned start', sequenceGru({ dim: 5, history: 3, start: 'learned' }));

describe('sequenceGru', () => {
  it('has 6 · d² + 6 · d parameters in its layer', () => {
    const { parameters } = sequenceGru({ dim: 7, history: 3 }).build({ userCount: 1, itemCount: 5 }, createRng(1));
    const sizes = [...collectParameters(parameters)].map(
      ([path, variable]) => [path.split('/')[0], variable.size] as const,
    );
    expect(sizes.filter(([group]) => group === 'reader').reduce((sum, [, size]) => sum + size, 0)).toBe(336);
    expect(sizes.filter(([group]) => group !== 'reader')).toEqual([
      ['item', 35],
      ['itemBias', 5],
    ]);
  });
});
