import { describe, expect, it } from 'vitest';
import { gridTable, type StoredStudy, studyTable } from './studies.js';

const createTrial = (number: number, state: string, seconds: number, value?: number) => ({
  number,
  state,
  params: { dim: 32, rate: 0.012345, l2: 0.0000012 },
  ...(value === undefined ? {} : { values: [value] }),
  started: new Date(0),
  completed: new Date(1000 * seconds),
  attributes: state === 'pruned' ? { of: 'experiment' } : {},
});
const trials = [createTrial(0, 'complete', 60, 0.25), createTrial(1, 'pruned', 20, 0.1), createTrial(2, 'failed', 999)];
const study = (wanted: number): StoredStudy => ({ trials, best: trials[0]!, wanted });

describe('studyTable', () => {
  it('shows the number of trials, the best one with its options, and the time of the rest', () => {
    const rows = studyTable(new Map([['talk/mf', study(200)]]), ['talk/mf']).split('\n');
    expect(rows[0]).toBe(
      '| search | trials | options set by hand | best validation | dim | rate | l2 | time of the rest |',
    );
    expect(rows[2]).toContain(
      '/apps/benchmarks/searches/talk/mf.ts) | 2 of 200 (1 pruned) | 0.1000 | 0.2500 | 32 | 0.0123 |',
    );
    expect(rows[2]).toMatch(/\| 1\.20e−6 \| 2\.2 h \|$/); // 198 trials of 40 s
  });

  it('has no rest when all trials are finished, and refuses a study that is not stored', () => {
    expect(studyTable(new Map([['mf', study(2)]]), ['mf'])).toMatch(/ – \|$/);
    expect(studyTable(new Map([['mf', study(3)]]), ['mf'])).toMatch(/ 1 min \|$/);
    expect(() => studyTable(new Map(), ['mf'])).toThrow('docs: expected a stored study, received mf.');
  });
});

describe('gridTable', () => {
  it('shows the values of a grid, the best one bold', () => {
    const points = [100, 25].map((rate, at) => ({
      ...createTrial(at, 'complete', 1, 0.25 - at / 10),
      params: { rate },
    }));
    const grid = { trials: points, best: points[0]!, wanted: 2 };
    const other = { ...grid, trials: points.slice(0, 1) };
    const rows = gridTable(
      new Map([
        ['a', grid],
        ['b', other],
      ]),
      ['a', 'b'],
    ).split('\n');
    expect(rows[0]).toBe('| search | rate 25 | rate 100 |');
    expect(rows.slice(2).map((row) => row.slice(row.indexOf(') |')))).toEqual([
      ') | 0.1500 | **0.2500** |',
      ') | – | **0.2500** |',
    ]);
    expect(() => gridTable(new Map([['a', study(2)]]), ['a'])).toThrow('docs: expected grids of one parameter');
  });
});
