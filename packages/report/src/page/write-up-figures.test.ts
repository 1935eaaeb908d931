import { describe, expect, it } from 'vitest';
import { groupByProtocol } from '../result-tables.js';
import { sample } from './sample.fixture.js';
import { createWriteUpFigures } from './write-up-figures.js';

describe('createWriteUpFigures', () => {
  it('has a figure of each kind, each with a name of its own', () => {
    const ids = groupByProtocol(sample.results)
      .flatMap(createWriteUpFigures)
      .map(({ id }) => id);
    for (const kind of ['penalty', 'width', 'epoch', 'run'])
      expect(
        ids.some((id) => id.includes(kind)),
        kind,
      ).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
