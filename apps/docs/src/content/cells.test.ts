import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResult } from '@footlight/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../paths.js';
import { cellTable, compare, countAgreement, type PublishedCells, readPublishedCells } from './cells.js';
import { type PublishedValues, publishedTable, readPublishedValues } from './experiments.js';

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
    runs: [{ losses: [0.5, 0.25] }, { losses: [0.52, 0.25] }],
  } as unknown as StoredResult;

  it('has ours beside the printed number, or what a measurement needs', () => {
    const text = cellTable(
      [
        { cell: 'A', experiment: 'talk/a', metric: 'mrr' },
        { cell: 'A, validation', experiment: 'talk/a', metric: 'mrr', part: 'validation' },
        { cell: 'positives', experiment: 'talk/a', size: 'train', value: '49,906' },
        { cell: 'B', experiment: 'talk/b', metric: 'mrr', needs: 'time' },
        { cell: 'gain', value: '5 %', needs: 'both' },
        { cell: 'parameters', experiment: 'talk/b', value: '1,200', counted: 1200 },
        { cell: 'first loss', experiment: 'talk/a', value: '0.3', loss: 'first' },
        { cell: 'last loss', experiment: 'talk/a', value: '0.25', loss: 'last' },
        { cell: 'task', experiment: 'talk/a', metric: 'mrr', value: '0.10', bound: 'at least' },
        { cell: 'other task', experiment: 'talk/a', metric: 'mrr', value: '0.12', bound: 'at least' },
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
      '| parameters | 1,200 | 1,200 | yes | b |',
      '| first loss | 0.3 | 0.5100 ± 0.0100 | no | a |',
      '| last loss | 0.25 | 0.2500 ± 0 | yes | a |',
      '| task | 0.10 | 0.1120 ± 0.0010 | yes | a |',
      '| other task | 0.12 | 0.1120 ± 0.0010 | no | a |',
    ]);
  });

  it('counts how many agree', () => {
    const cells = [
      { cell: 'A', experiment: 'talk/a', metric: 'mrr' },
      { cell: 'near', experiment: 'talk/a', metric: 'mrr', value: '0.111' },
      { cell: 'far', experiment: 'talk/a', metric: 'mrr', value: '0.2' },
      { cell: 'B', experiment: 'talk/b', metric: 'mrr', needs: 'time' },
    ];
    expect(countAgreement(cells, published, [stored])).toBe(
      'printed numbers that agree: 2 of 4, 1 of them within errors (not: 1, not measured: 1)',
    );
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

  it('have the parameters of the lab, counted', () => {
    const counted = cells['triplet']!.flatMap((cell) => (cell.parameters ? [[cell.value, cell.counted]] : []));
    expect(counted).toEqual([
      ['168,128', 168128],
      ['150,465', 150465],
    ]);
  });

  it('stand in tables of their own for the fifth write-up', () => {
    const page = readFileSync(join(pages, 'reproductions/mult-vae.md'), 'utf8');
    const named = [...page.matchAll(/<!-- published (.*?) -->/g)].flatMap(([, words]) => words!.split(' '));
    const expected = [...published].filter(
      ([name, { test }]) => name.startsWith('mult-vae/') && Object.keys(test).length > 0,
    );
    expect(named.toSorted()).toEqual(expected.map(([name]) => name).toSorted());
    expect(publishedTable(published, new Set(), ['mult-vae/ml-20m-ease'])).toContain('never run; needs ml-20m.zip');
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
      .filter((name) => name.split('/')[0]! in cells && !name.startsWith('mult-vae/'));
    expect(expected.filter((name) => !listed.has(name))).toEqual([]);
  });
});
