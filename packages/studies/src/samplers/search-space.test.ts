import { describe, expect, it } from 'vitest';
import { mixed } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { createGroups, createIntersection } from './search-space.js';

describe('the search space', () => {
  it('has what all trials had, or the groups of a conditional space', async () => {
    const study = await createStudy({ name: 'a' });
    await study.optimize(mixed, { trials: 10 });
    expect([...createIntersection(true)(study).keys()]).toEqual(['dim', 'dropout', 'kind', 'rate']);
    const groups = createGroups()(study).map((group) => [...group.keys()]);
    expect(groups.sort((one, other) => one.length - other.length)).toEqual([
      ['depth'],
      ['dim', 'dropout', 'kind', 'rate'],
    ]);
  });
});
