import { describe, expect, it } from 'vitest';
import { clock } from './progress-bar.js';

describe('clock', () => {
  it('says as much as one wants to know', () => {
    expect([0.4, 59.4, 59.6, 200, 3600 + 305].map(clock)).toEqual([
      '0 s',
      '59 s',
      '1 min 0 s',
      '3 min 20 s',
      '1 h 5 min',
    ]);
  });
});
