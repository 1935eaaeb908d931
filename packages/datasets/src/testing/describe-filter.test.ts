import { describe, expect, it } from 'vitest';
import { dedupe } from '../filters/dedupe.js';
import { kCore } from '../filters/k-core.js';
import { reindex } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';
import { listBroken, mutantDescription, reverseRows } from './broken.fixture.js';
import { createFilterPromises } from './describe-filter.js';

const withFilter = (change: (kept: Interactions) => Interactions): Filter => ({
  ...mutantDescription,
  apply: (all) => change(kCore({ minimum: 5 }).apply(all)),
});

/** For mutants that select rows by their number. */
const bySource = { rows: 'source' } as const;

describe('createFilterPromises', () => {
  it('detects a filter that follows the order of rows', () => {
    const first: Filter = { ...mutantDescription, apply: (all) => reindex(selectRows(all, Int32Array.of(0, 1, 2))) };
    expect(listBroken(createFilterPromises(first))).toEqual([
      'keeps the same rows when the rows of its input are shuffled',
    ]);
    expect(listBroken(createFilterPromises(dedupe({ order: 'source' })))).toEqual([
      'keeps the same rows when the rows of its input are shuffled',
    ]);
  });

  it('detects a changed order', () =>
    expect(listBroken(createFilterPromises(withFilter(reverseRows)))).toEqual(['keeps the order of the source']));

  it('detects gaps in the ids', () =>
    expect(
      listBroken(
        createFilterPromises(
          { ...mutantDescription, apply: (all) => selectRows(all, Int32Array.of(0, 1, 2)) },
          bySource,
        ),
      ),
    ).toEqual(['numbers users and items densely, so that every id occurs']));

  it('detects repeated rows', () =>
    expect(
      listBroken(
        createFilterPromises(
          withFilter((kept) =>
            selectRows(
              kept,
              kept.users.map((_, row) => Math.max(row, 1)),
            ),
          ),
          bySource,
        ),
      ),
    ).toEqual(['keeps each row at most once']));

  it('detects features of another item', () =>
    expect(
      listBroken(
        createFilterPromises(
          withFilter((kept) => {
            const { itemFeatures } = kept.catalogue;
            const reversedFeatures = { ...itemFeatures!, ids: itemFeatures!.ids.slice().reverse() };
            return { ...kept, catalogue: { ...kept.catalogue, itemFeatures: reversedFeatures } };
          }),
          bySource,
        ),
      ),
    ).toEqual(['changes no remaining row: ids, titles, features, vectors, ratings, timestamps, weights']));

  it('detects a catalogue that is not whole', () =>
    expect(
      listBroken(createFilterPromises(withFilter(reverseRows), { order: 'own', catalogue: 'whole', ...bySource })),
    ).toEqual(['keeps all users and items']));

  it('detects a change of the input', () =>
    expect(
      listBroken(
        createFilterPromises(
          {
            ...mutantDescription,
            apply(all) {
              const kept = reindex(selectRows(all, Int32Array.of(0, 1, 2)));
              all.users[3] = 1;
              return kept;
            },
          },
          bySource,
        ),
      ),
    ).toEqual(['does not change its input']));
});
