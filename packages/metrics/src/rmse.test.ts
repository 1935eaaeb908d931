import { describe, expect, it } from 'vitest';
import { rmse } from './rmse.js';
import { describeMetric } from './testing/index.js';

describeMetric('rmse', rmse());

describe('rmse', () => {
  it('takes the root of the mean square', () => {
    // Errors 1, −3: √((1 + 9) / 2)
    const { measure, finish } = rmse();
    expect(finish((measure(4, 3) + measure(2, 5)) / 2)).toBe(Math.sqrt(5));
  });
});
