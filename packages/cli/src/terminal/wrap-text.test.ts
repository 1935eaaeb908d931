import { describe, expect, it } from 'vitest';
import { wrapText } from './wrap-text.js';

describe('wrapText', () => {
  it('breaks at spaces', () => {
    expect(wrapText('a matrix of users and items', 11)).toEqual(['a matrix of', 'users and', 'items']);
  });

  it('breaks a long word at its signs, else anywhere', () => {
    expect(wrapText('run mlstm4reco/ml-1m-lstm now', 12)).toEqual(['run', 'mlstm4reco/', 'ml-1m-lstm', 'now']);
    expect(wrapText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('returns one empty line for nothing', () => {
    expect(wrapText('', 5)).toEqual(['']);
  });
});
