import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { made } from '../fixtures.js';
import { byUser } from './by-user.js';
import { trainingPart } from './training-part.js';

describe('trainingPart', () => {
  it('asks for all that was trained on, and shows nothing', () => {
    const split = byUser({ test: 0.2 });
    const plain = split.split(made(), createRng(1));
    const { train, test, known } = trainingPart(split).split(made(), createRng(1));
    expect([train, test.targets, known]).toEqual([plain.train, plain.train, plain.test.history]);
    expect([test.history.users.length, test.history.catalogue]).toEqual([0, train.catalogue]);
  });

  it('says what it is the training part of', () => {
    const { name, protocol } = trainingPart(byUser({ test: 0.2 }));
    expect(name).toBe('training part of by-user(0.2)');
    expect(protocol).toMatchObject({ name: 'training-part', of: { name: 'by-user', test: 0.2 } });
  });
});
