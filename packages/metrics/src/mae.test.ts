import { describe, expect, it } from 'vitest';
import { mae } from './mae.js';
import { describeMetric } from './testing/index.js';

describeMetric('mae', mae());

describe('mae', () => {
  it('averages absolute errors', () => {
    const { measure, finish } = mae();
    expect(finish((measure(4, 3) + measure(2, 5)) / 2)).toBe((1 + 3) / 2);
  });
});
