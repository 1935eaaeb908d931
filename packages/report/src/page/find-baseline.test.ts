import { describe, expect, it } from 'vitest';
import { findBaseline, getModelName } from './find-baseline.js';

const result = (name: string, mean: number) => ({
  name: `data / split / ${name}`,
  metrics: { mrr: { mean, standardError: null, values: [mean] } },
});

describe('findBaseline', () => {
  it('prefers popularity to constants and random lists, whatever is better', () => {
    const [random, popularity] = [result('random', 0.5), result('popularity', 0.2)];
    expect(findBaseline([random, popularity, result('ials(64)', 0.9)], 'mrr')).toBe(popularity);
    expect(findBaseline([random, result('ials(64)', 0.9)], 'mrr')).toBe(random);
    expect(findBaseline([result('ials(64)', 0.9)], 'mrr')).toBeUndefined();
  });

  it('takes the better of two constants', () => {
    const [zero, mean] = [result('constant-rating(0)', 0.69), result('constant-rating(mean)', 0.28)];
    const rename = ({ metrics: { mrr }, ...rest }: typeof zero) => ({ ...rest, metrics: { rmse: mrr } });
    expect(findBaseline([zero, mean].map(rename), 'rmse')?.name).toContain('mean');
  });

  it('reads the name of a learned model from its training', () => {
    const training = { model: { name: 'sequence-popularity' } };
    expect(getModelName({ name: 'data / split / sequence-popularity / bpr', training })).toBe('sequence-popularity');
  });
});
