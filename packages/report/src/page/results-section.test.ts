import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createMeanFigures } from './results-section.js';
import { sample } from './sample.fixture.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('createMeanFigures', () => {
  it('shows the published metric with both series, and names the best experiment', () => {
    const [figure, ...others] = createMeanFigures(group);
    expect(others).toEqual([]);
    expect(figure!.title).toBe('ndcg@100, ours and published');
    expect(figure!.series.map(({ name }) => name)).toEqual(['ours', 'published']);
    // means are 0.4 + width / 5000 + 0.001, and the first of two equal ones counts
    expect(figure!.description).toBe(
      'Means with 95 % confidence intervals. Ahead: grid-200-vae with 0.4410; it cannot be told from grid-200-dae.',
    );
  });

  it('shows a metric without published values only where there are several experiments', () => {
    const unpublished = group.map((result) => ({ ...result, published: {} }));
    expect(createMeanFigures(unpublished as unknown as typeof group).map(({ title }) => title)).toEqual(['ndcg@100']);
    expect(createMeanFigures([unpublished[0]!])).toEqual([]);
  });
});
