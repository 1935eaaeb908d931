import type { StoredResult } from '@footlight/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { cellTable, compare, type PublishedCells, readPublishedCells } from './cells.js';
import { type PublishedValues, readPublishedValues } from './experiments.js';

describe('compare', () => {
  const ours = (mean: number, standardError: number | null = 0.001) => ({ mean, standardError, values: [mean] });

  it('rounds ours to the printed digits', () => {
    expect([compare(ours(0.1125), '0.11'), compare(ours(0.1151, 0), '0.11')]).toEqual(['yes', 'no']);
    expect(compare(ours(0.1), '0.10')).toBe('yes');
  });

  it('allows two standard errors beyond what would be rounded to the printed number', () => {
    expect(compare(ours(0.1165, 0.001), '0.11')).toBe('within errors'); // 0.0065 − 0.005 ≤ 0.002
    expect(compare(ours(0.1175, 0.001), '0.11')).toBe('no'); // 0.0075 − 0.005 > 0.002
    expect(compare(ours(0.1165, null), '0.11')).toBe('no');
  });
});

describe('cellTable', () => {
  const published: PublishedValues = new Map([
    ['talk/a', { test: { mrr: 0.11 }, validation: { mrr: 0.12 } }],
    ['talk/b', { test: { mrr: 0.5 }, validation: {} }],
  ]);
  const stored = {
    experiment: 'talk/a',
    metrics: { mrr: { mean: 0.112, standardError: 0.001, values: [] } },
    validation: { mrr: { mean: 0.2, standardError: 0.001, values: [] } },
    sizes: { train: 49906, test: 5469 },
  } as unknown as StoredResult;

  it('has ours beside the printed number, or what a measurement needs', () => {
    const text = cellTable(
      [
        { cell: 'A', experiment: 'talk/a', metric: 'mrr' },
        { cell: 'A, validation', experiment: 'talk/a', metric: 'mrr', part: 'validation' },
        { cell: 'positives', experiment: 'talk/a', size: 'train', value: '49,906' },
        { cell: 'B', experiment: 'talk/b', metric: 'mrr', needs: 'time' },
        { cell: 'gain', value: '5 %', needs: 'both' },
      ],
      published,
      [stored],
    );
    const rows = text.split('\n').map((line) => line.replaceAll(/\[`(.*?)`\]\(.*?\)/g, '$1').replaceAll('\u00a0', ' '));
    expect(rows.slice(2)).toEqual([
      '| A | 0.11 | 0.1120 ± 0.0010 | yes | a |',
      '| A, validation | 0.12 | 0.2000 ± 0.0010 | no | a |',
      '| positives | 49,906 | 49,906 | yes | a |',
      '| B | 0.5 | not run | – | b; needs time |',
      '| gain | 5 % | not run | – | –; needs both |',
    ]);
  });

  it('refuses a cell without a published value', () =>
    expect(() => cellTable([{ cell: 'C', experiment: 'talk/b', metric: 'auc' }], published, [])).toThrow(
      'expected a published value of talk/b for C',
    ));
});

describe('the published cells', () => {
  let cells: PublishedCells;
  let published: PublishedValues;
  beforeAll(async () => {
    [cells, published] = [await readPublishedCells(), await readPublishedValues()];
  });

  it('have an experiment with the published value, or say what they need', () => {
    for (const listed of Object.values(cells)) expect(() => cellTable(listed, published, [])).not.toThrow();
    for (const { experiment, needs } of Object.values(cells).flat()) expect(experiment ?? needs).toBeTruthy();
  });

  it('list every experiment of the four write-ups that has a published value', () => {
    const listed = new Set(
      Object.values(cells)
        .flat()
        .map(({ experiment }) => experiment),
    );
    const hasPublished = (name: string) => {
      const { test, validation } = published.get(name)!;
      return Object.keys({ ...test, ...validation }).length > 0;
    };
    const expected = [...published.keys()]
      .filter((name) => hasPublished(name))
      .filter((name) => name.split('/')[0]! in cells);
    expect(expected.filter((name) => !listed.has(name))).toEqual([]);
  });
});
