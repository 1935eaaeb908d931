import { describe, expect, it } from 'vitest';
import { coverage } from './coverage.js';
import { describeMetric } from './testing/index.js';

describeMetric('coverage@3', coverage({ at: 3 }));

describe('coverage', () => {
  it('is the share of the catalogue that occurs in the lists', () => {
    // Lists 0 1 and 0 2 of a catalogue of 5.
    expect(coverage({ at: 2 }).measure(Int32Array.of(0, 1, 0, 2), new Float64Array(5), 2)).toBe(3 / 5);
  });
});
