// structure: one sample study for all of its figures
import { describe, expect, it } from 'vitest';
import { drawFigure } from '../plots/draw-figure.js';
import type { Series } from '../plots/figure.js';
import { createComparisonFigures } from './comparison-section.js';
import { createSample } from './study.fixture.js';
import type { StudyAnalysis, StudyContent, StudyDistribution } from './study-content.js';
import type { StudyFigure } from './study-figure.js';
import { createIds, createStudyFigures } from './study-figures.js';

const distributions: Readonly<Record<string, StudyDistribution>> = {
  rate: { kind: 'float', low: 0.0001, high: 1, log: true },
  kind: { kind: 'categorical', choices: ['flat', 'deep'] },
  layers: { kind: 'integer', low: 1, high: 5, log: false },
};

const sample = createSample(
  [
    { value: 9, params: { rate: 0.0001, kind: 'flat' }, reports: [[0, 9]], from: 0, to: 2 },
    {
      value: 4,
      params: { rate: 0.01, kind: 'deep', layers: 2 },
      reports: [
        [0, 8],
        [1, 4],
      ],
      from: 0,
      to: 5,
    },
    {
      value: 7,
      state: 'pruned',
      params: { rate: 0.1, kind: 'flat' },
      reports: [
        [0, Number.NaN],
        [1, 7],
      ],
      from: 2,
      to: 3,
    },
    { state: 'failed', params: { rate: 1 }, systemAttributes: { fail_reason: 'out of memory' }, from: 3, to: 4 },
    { value: 6, params: { rate: 1, kind: 'flat' }, from: 4, to: 6 },
    {
      value: 1,
      params: { rate: 0.1, kind: 'deep', layers: 5 },
      systemAttributes: { constraints: [0.5] },
      from: 5,
      to: 7,
    },
    { value: 3, params: { rate: 0.001, kind: 'deep', layers: 4 }, from: 6, to: 8 },
    { state: 'running', params: {}, from: 7 },
    { state: 'waiting' },
  ],
  distributions,
  { systemAttributes: { 'study:metric_names': ['error'] } },
);

const create = (study: StudyContent = sample, analysis: StudyAnalysis = {}) => {
  const figures = createStudyFigures(study, analysis, 's');
  return (kind: string): StudyFigure => figures.find(({ figure }) => figure.id === `s-${kind}`)!;
};
const find = ({ figure }: StudyFigure, name: string): Series => figure.series.find((series) => series.name === name)!;
const listPoints = (series: Series) =>
  series.draw === 'line' || series.draw === 'points' ? series.points.map(({ x, y }) => [x, y]) : [];

describe('createStudyFigures', () => {
  it('optimization history: values by state, and the best so far', () => {
    const history = create()('history');
    expect(history.figure.title).toBe('Optimization history: error');
    expect(history.figure.description).toBe(
      '9 trials: 4 complete, 1 pruned, 1 failed, 1 running, 1 infeasible, 1 waiting. ' +
        'The best error (minimize) is 3.0000, of trial 6.',
    );
    // 9, then 4, then 3 until the last trial, number 8; 1 is infeasible
    expect(listPoints(find(history, 'best so far'))).toEqual([
      [0, 9],
      [1, 4],
      [6, 3],
      [8, 3],
    ]);
    expect(listPoints(find(history, 'pruned'))).toEqual([[2, 7]]);
    expect(listPoints(find(history, 'infeasible'))).toEqual([[5, 1]]);
    expect(listPoints(find(history, 'failed, no value'))).toEqual([[3, 9]]); // at the bad end of the axis
    expect(history.table.rows.map(([number, state, value]) => [number, state, value])).toContainEqual([
      '4',
      'complete',
      '6.0000',
    ]);
    expect(JSON.stringify(history.table.rows[3])).toContain('out of memory');
  });

  it('parallel coordinates: positions on each kind of scale, and trials without a parameter', () => {
    const { figure } = create()('parallel');
    expect(figure.scales!.map(({ label }) => label)).toEqual(['error (minimize)', 'rate', 'kind', 'layers']);
    expect(figure.scales!.map(({ ticks }) => ticks.map(({ text }) => text))).toEqual([
      ['3.0000', '4.0000', '5.0000', '6.0000', '7.0000', '8.0000', '9.0000'],
      ['0.0001', '0.01', '1'],
      ['flat', 'deep'],
      ['absent', '1', '3', '5'],
    ]);
    const lines = figure.series.flatMap(listPoints);
    // trial 6: error 3 of 3 … 9; rate 10⁻³ of 10⁻⁴ … 1; deep; layers 4 of 1 … 5, which begin at 0.16
    const best = listPoints(figure.series.find(({ name }) => name === 'the best')!);
    expect(best.map(([x]) => x!.toFixed(4))).toEqual(['0.0000', '0.2500', '1.0000', '0.7900']);
    expect(lines).toHaveLength(4 * 4);
    expect(lines).toContainEqual([0.02, 3]); // absent
  });

  it('slices: logarithmic and integer ranges, choices as rows', () => {
    const get = create();
    const rate = get('slice-rate');
    expect(rate.figure.x).toMatchObject({ scale: 'log', domain: [0.0001, 1] });
    expect(listPoints(find(rate, 'best: trial 6'))).toEqual([[0.001, 3]]);
    expect(rate.table.rows).toEqual([
      ['0.0001', '1', '9.0000', '9.0000'],
      ['0.001', '1', '3.0000', '3.0000'],
      ['0.01', '1', '4.0000', '4.0000'],
      ['1', '1', '6.0000', '6.0000'],
    ]);
    const layers = get('slice-layers');
    expect(layers.figure.x.ticks!.map(layers.figure.x.format!)).toEqual(['1', '2', '3', '4', '5']);
    const few = createSample([{ value: 1, params: { n: 1 } }], { n: { kind: 'integer', low: 1, high: 4, log: false } });
    const { x } = create(few)('slice-n').figure;
    expect(x.ticks!.map(x.format!)).toEqual(['1', '2', '3', '4']);
    expect(layers.figure.description).toContain('2 of 4 complete trials have this parameter.');
    const kind = get('slice-kind');
    expect(kind.figure.y!.ticks!.map(kind.figure.y!.format!)).toEqual(['flat', 'deep']);
    expect(kind.table.rows).toEqual([
      ['flat', '2', '6.0000', '6.0000'],
      ['deep', '2', '3.0000', '3.0000'],
    ]);
  });

  it('intermediate values: pruned trials apart, NaN left out', () => {
    const { figure, table } = create()('intermediate');
    expect(figure.series.map(({ name }) => name)).toEqual(['complete', 'pruned', 'pruned here']);
    expect(figure.description).toBe('What 3 trials reported by step. One of them was pruned.');
    expect(listPoints(figure.series[2]!)).toEqual([[1, 7]]);
    expect(table.rows).toContainEqual(['2', 'pruned', '1', '7.0000', '7.0000', '7.0000', '1']);
  });

  it('importance: a bar per parameter and objective, the most important first', () => {
    const { figure, table } = create(sample, { importance: [{ kind: 0.25, rate: 0.75 }] })('importance');
    expect(figure.series[0]).toMatchObject({
      bars: [
        { category: 'rate', x: 0.75, text: '75.0 %' },
        { category: 'kind', x: 0.25, text: '25.0 %' },
      ],
    });
    expect(figure.description).toContain('So few trials say little.');
    expect(table.rows).toEqual([
      ['rate', '75.0 %'],
      ['kind', '25.0 %'],
    ]);
  });

  it('Pareto front: a figure per pair of objectives, the front apart', () => {
    const values = [
      [1, 5, 0],
      [2, 6, 1],
      [3, 1, 2],
    ];
    const study = createSample(
      values.map((value) => ({ value })),
      {},
      { directions: ['minimize', 'minimize', 'maximize'] },
    );
    const get = create(study, { front: [0, 2] });
    expect(get('front').figure.title).toBe('Pareto front: value 1 and value 2');
    expect(listPoints(find(get('front'), 'Pareto front'))).toEqual([
      [1, 5],
      [3, 1],
    ]);
    expect(listPoints(find(get('front-3'), 'other trials'))).toEqual([[6, 1]]); // values 2 and 3
    expect(get('front').table.rows).toEqual([
      ['0', '1.0000', '5.0000', '0'],
      ['2', '3.0000', '1.0000', '2.0000'],
    ]);
  });

  it.each([
    ['no trial', []],
    ['a waiting trial', [{ state: 'waiting' as const }]],
    ['a running trial', [{ state: 'running' as const, from: 0 }]],
    ['failed trials without times', [{ state: 'failed' as const }, { state: 'failed' as const }]],
    ['one trial', [{ value: 0, params: { rate: 1 }, reports: [[0, 0]] as const, from: 0, to: 0 }]],
    [
      'infinite values',
      [
        { value: Infinity, params: { rate: 1 } },
        { value: -Infinity, params: { rate: 1 } },
      ],
    ],
    [
      'huge values',
      [
        { value: 1.7e308, params: { rate: 1 } },
        { value: -1.7e308, params: { rate: 1 } },
      ],
    ],
    [
      'equal values',
      [
        { value: 3, params: { rate: 1 } },
        { value: 3, params: { rate: 1 } },
      ],
    ],
    ['reports that are NaN', [{ state: 'running' as const, reports: [[0, Number.NaN]] as const }]],
  ])('draws %s', (_, sketches) => {
    const figures = createStudyFigures(createSample(sketches, distributions), { importance: [{ rate: 1 }] });
    for (const { figure } of figures) expect(drawFigure(figure)).not.toMatch(/="[^"]*(NaN|Infinity)/);
  });

  it('keeps figures of 10,000 trials small', () => {
    const sketches = Array.from({ length: 10_000 }, (_, at) => ({
      value: ((at * 7919) % 10_007) / 100,
      state: at % 3 === 0 ? ('pruned' as const) : ('complete' as const),
      params: { rate: 10 ** -(at % 5), kind: at % 2 === 0 ? 'flat' : 'deep' },
      reports: Array.from({ length: 20 }, (__, step) => [step, at / (step + 1)] as const),
      from: at,
      to: at + 2,
    }));
    const figures = createStudyFigures(createSample(sketches, distributions), {
      importance: [{ rate: 0.5, kind: 0.5 }],
    });
    expect(figures.map(({ figure }) => figure.id)).toEqual([
      'sample-history',
      'sample-intermediate',
      'sample-importance',
      'sample-parallel',
      'sample-slice-rate',
      'sample-slice-kind',
      'sample-timeline',
    ]);
    for (const { figure, table } of figures) {
      expect(drawFigure(figure).length).toBeLessThan(150_000);
      expect(table.rows.length).toBeLessThanOrEqual(50);
    }
  }, 30_000);
});

describe('createIds', () => {
  it('gives different ids to names that differ in signs only', () => {
    expect(createIds(['a b', 'A-b', 'a/b', '搜索', '', '<script>'])).toEqual([
      'a-b',
      'a-b-2',
      'a-b-3',
      'name',
      'name-2',
      'script',
    ]);
  });
});

describe('createComparisonFigures', () => {
  it('draws the best value so far of studies with one goal', () => {
    const one = createSample([{ value: 5 }, { value: 7 }, { value: 2 }], {}, { name: 'one' });
    const other = createSample([{ value: 6 }, { value: 4 }], {}, { name: 'other' });
    const third = createSample([{ value: 6 }], {}, { name: 'third', directions: ['maximize'] });
    const [figure, ...more] = createComparisonFigures([one, other, third]);
    expect(more).toEqual([]);
    expect(figure!.description).toBe('After the last trial (minimize): one 2.0000, other 4.0000.');
    const [separate, ...others] = createComparisonFigures(
      [one, other, one, other].map((study, at) => ({
        ...study,
        attributes: {
          'footlight:search': { metric: 'rmse', protocol: { dataset: { name: at < 2 ? 'small' : 'large' } } },
        },
      })),
    );
    expect([separate!.title, others.length]).toEqual(['Best rmse so far, by study, small', 1]);
    expect(figure!.series.map(listPoints)).toEqual([
      [
        [0, 5],
        [2, 2],
        [2, 2],
      ],
      [
        [0, 6],
        [1, 4],
        [1, 4],
      ],
    ]);
  });
});
