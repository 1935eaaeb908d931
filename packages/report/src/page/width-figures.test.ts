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

  it('needs two widths of a model', () => expect(createWidthFigures([group[0]])).toEqual([]));
});
