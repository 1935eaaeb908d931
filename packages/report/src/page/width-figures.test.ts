import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { sample } from './sample.fixture.js';
import { createWidthFigures } from './width-figures.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('createWidthFigures', () => {
  it('draws a line per model, in order of the widths', () => {
    const [{ series }] = createWidthFigures(group) as [ReturnType<typeof createWidthFigures>[number]];
    expect(series).toMatchObject([
      { name: 'mult-vae', points: [{ x: 50 }, { x: 100 }, { x: 200 }] },
      { name: 'mult-dae', points: [{ x: 100 }, { x: 200 }] },
    ]);
  });

  it('names the best width, unless others cannot be told from it', () => {
    const [{ description }] = createWidthFigures(group) as [ReturnType<typeof createWidthFigures>[number]];
    // Means 0.411, 0.421 and 0.441 with errors of 0.0006 over three seeds: intervals of ± 0.0024 do not meet.
    expect(description).toBe(
      'These trainings differ only in the width. mult-vae is best with 200 units: 0.4410. ' +
        'mult-dae is best with 200 units: 0.4410.',
    );
    const noisy = group.map((result) => {
      const { 'ndcg@100': ndcg, ...others } = result.metrics;
      return { ...result, metrics: { 'ndcg@100': { ...ndcg!, standardError: 0.02 }, ...others } };
    });
    expect(createWidthFigures(noisy as unknown as ResultGroup<StoredResult>)[0]!.description).toContain(
      'mult-vae is ahead with 200 units: 0.4410; it cannot be told from 50, 100.',
    );
  });

  it('needs two widths of a model', () => expect(createWidthFigures([group[0]])).toEqual([]));
});
