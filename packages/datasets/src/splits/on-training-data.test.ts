import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createFormulaInteractions } from '../fixtures.js';
import { byUser } from './by-user.js';
import { onTrainingData } from './on-training-data.js';

describe('onTrainingData', () => {
  it('has the training interactions as targets and an empty history', () => {
    const split = byUser({ test: 0.2 });
    const plain = split.split(createFormulaInteractions(), createRng(1));
    const { train, test, known } = onTrainingData(split).split(createFormulaInteractions(), createRng(1));
    expect([train, test.targets, known]).toEqual([plain.train, plain.train, plain.test.history]);
    expect([test.history.users.length, test.history.catalogue]).toEqual([0, train.catalogue]);
  });

  it('has the inner split in its name and protocol', () => {
    const { name, protocol } = onTrainingData(byUser({ test: 0.2 }));
    expect(name).toBe('on-training-data of by-user(0.2)');
    expect(protocol).toMatchObject({ name: 'on-training-data', of: { name: 'by-user', test: 0.2 } });
  });
});
