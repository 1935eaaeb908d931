import { describe, expect, it } from 'vitest';
import { rowNames } from './experiments.js';

describe('rowNames', () => {
  it('finds the files of the folders, and nothing that lies beside them', () => {
    expect(rowNames()).toContain('talk/factorization-bpr');
    expect(rowNames()).not.toContain('talk');
  });
});
