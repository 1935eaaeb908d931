import { describe, expect, it } from 'vitest';
import { rmse } from './rmse.js';
import { describeMetric } from './testing/index.js';

const scale = { name: '0..1', protocol: { from: [1, 5] }, toModel: (rating: number) => (rating - 1) / 4 };

describeMetric('rmse', rmse());
describeMetric('rmse in another scale', rmse({ scale }));

describe('rmse', () => {
  it('is the root of the mean square', () => {
    // Errors 1, −3: √((1 + 9) / 2)
    const { measure, finish } = rmse();
    expect(finish((measure(4, 3) + measure(2, 5)) / 2)).toBe(Math.sqrt(5));
  });

  it('measures on the given scale and has it in its name', () => {
    // 5 → 1, 3 → 0.5: an error of 0.5
    const metric = rmse({ scale });
    expect(metric.measure(5, 3)).toBe(0.25);
    expect([metric.name, metric.protocol]).toEqual(['rmse(0..1)', { scale: { from: [1, 5] } }]);
  });
});
