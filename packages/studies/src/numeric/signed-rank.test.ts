import { describe, expect, it } from 'vitest';
import { computeSignedRankPValue } from './signed-rank.js';

describe('the signed-rank test', () => {
  // scipy.stats.wilcoxon(differences, alternative='greater', zero_method='zsplit').pvalue
  it.each([
    ['distinct differences', [1.5, -0.3, 2, 4, -1, 0.7], 0.109375],
    ['ties and a zero', [1, 1, -1, 2, 0, 3], 0.125],
    ['zeros', [0, 0, 0], 1],
    ['three positive ones: 1 of 8 signs', [3, 1, 2], 0.125],
    ['many', Array.from({ length: 60 }, (_, at) => 0.1 * at - 1), 1.6957799749830861e-9],
  ])('has the p-value of SciPy for %s', (_name, differences, expected) => {
    expect(computeSignedRankPValue(differences) / expected).toBeCloseTo(1, 2);
  });
});
