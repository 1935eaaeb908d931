import { describe, expect, it } from 'vitest';
import type { Series } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createProtocolCurves } from './protocol-curves.js';
import { sample } from './sample.fixture.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;
const [stored] = group;

function getLine(series: Series | undefined): Extract<Series, { draw: 'line' }> {
  if (series?.draw !== 'line') throw new Error(`expected a line, received ${series?.draw}`);
  return series;
}

describe('createProtocolCurves', () => {
  it('draws a line per experiment, in percent of the first loss', () => {
    const [loss, validation, ...others] = createProtocolCurves(group);
    expect(others).toEqual([]);
    expect(loss!.series.map(({ name }) => name)).toHaveLength(5);
    // losses 300 + seed + 200 / (1 + epoch): 501 after epoch 0, 401 after epoch 1, as means over seeds 0, 1, 2;
    // in percent of each run's first loss
    const line = getLine(loss!.series[0]);
    expect(line.points[0]!.y).toBe(100);
    const shares = [0, 1, 2].map((seed) => (100 * (400 + seed)) / (500 + seed));
    expect(line.points[1]!.y).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / 3, 10);
    expect(validation!.title).toContain('ndcg@100 (validation)');
    // the curve 0.44 − 0.2 · e^(−epoch / 5) − 0.0005 · epoch + 0.001 is largest where 0.04 · e^(−epoch / 5) = 0.0005
    expect(validation!.description).toContain('grid-200-vae, after epoch 22.');
  });

  it('draws all but the best six as thin lines of one series', () => {
    const more = [1, 2, 3].map((at) => ({ ...stored, experiment: `sample/other-${at}` }));
    const [loss] = createProtocolCurves([...group, ...more] as unknown as typeof group);
    expect(loss!.series.map(({ name }) => name)[0]).toBe('2 others');
    expect(loss!.series).toHaveLength(7);
    const others = getLine(loss!.series[0]);
    expect(new Set(others.points.map(({ run }) => run)).size).toBe(2);
  });

  it('averages only the epochs that all seeds have, and leaves out those without a value', () => {
    const runs = [
      { seed: 1, losses: [2, 1, 0.5], validation: { 'ndcg@100': [0.1, null, 0.3] } },
      { seed: 2, losses: [4, 1], validation: { 'ndcg@100': [0.2, null, 0.4] } },
    ];
    const [loss, validation] = createProtocolCurves([{ ...stored, runs }]);
    expect(loss!.series[0]).toMatchObject({ points: [{ y: 100 }, { x: 1, y: 37.5 }] });
    expect(getLine(loss!.series[0]).points).toHaveLength(2);
    expect(validation!.series[0]).toMatchObject({
      points: [
        { x: 0, y: expect.closeTo(0.15, 12) },
        { x: 2, y: expect.closeTo(0.35, 12) },
      ],
    });
  });

  it('has no figure without epochs', () => {
    expect(createProtocolCurves([{ ...stored, runs: [{ seed: 1, losses: [] }] }])).toEqual([]);
  });
});
