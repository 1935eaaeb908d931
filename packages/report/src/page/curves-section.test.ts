import { describe, expect, it } from 'vitest';
import { groupByProtocol } from '../result-tables.js';
import { createEpochFigure, createLossFigure, renderCurvesSection } from './curves-section.js';
import { sample } from './sample.fixture.js';

const [stored] = sample.results;
const seedCount = stored!.runs.length;

describe('createLossFigure', () => {
  it('draws a line per seed and a ring at the best epoch of each', () => {
    const { series, description } = createLossFigure(stored!);
    expect(series.map(({ name }) => name)).toEqual(['loss', 'best epoch']);
    const [line, rings] = series as Extract<(typeof series)[number], { points: unknown }>[];
    expect(new Set(line!.points.map((point) => 'run' in point && point.run)).size).toBe(seedCount);
    expect(rings!.points.map(({ x }) => x)).toEqual(new Array(seedCount).fill(18));
    // losses 300 + seed index + 200 / (1 + epoch): means 501 after epoch 0 and 301 + 200 / 31 after epoch 30
    expect(description).toBe(
      'multinomial on the training data: 501.0 after the first epoch, 307.5 after the last (mean over 3 seeds).',
    );
  });

  it('has no rings without early stopping', () => {
    const runs = stored!.runs.map(({ seed, losses }) => ({ seed, losses }));
    expect(createLossFigure({ ...stored!, runs }).series).toHaveLength(1);
  });
});

describe('createEpochFigure', () => {
  it('leaves out epochs without validation', () => {
    const runs = [{ seed: 42, losses: [3, 2, 1], validation: { 'ndcg@100': [0.1, null, 0.3] } }];
    const { series, description } = createEpochFigure({ ...stored!, runs }, 'ndcg@100', 'validation');
    expect(series).toMatchObject([
      {
        points: [
          { x: 0, y: 0.1 },
          { x: 2, y: 0.3 },
        ],
      },
    ]);
    expect(description).toBe('ndcg@100 on the validation data. The best value is 0.3000.');
  });
});

describe('createEpochFigure of a monitored test part', () => {
  const runs = [42, 43].map((seed) => ({ seed, losses: [3, 2], test: { auc: [0.5 + seed / 1000, 0.9] } }));

  it('draws a line per seed', () => {
    const { series, description, y } = createEpochFigure({ ...stored!, runs }, 'auc', 'test');
    expect(series).toMatchObject([{ draw: 'line', points: { length: 4 } }]);
    expect(y?.label).toBe('auc (test)');
    expect(description).toBe('auc on the test data. The best value is 0.9000.');
  });
});

describe('renderCurvesSection', () => {
  it('has a figure per protocol and metric, with a line per experiment', () => {
    const body = renderCurvesSection(groupByProtocol(sample.results)).body.html;
    expect(body.match(/<figure>/g)).toHaveLength(2);
    expect(body).toContain('grid-200-vae');
  });

  it('leaves out experiments with a single epoch', () => {
    const short = { ...stored!, runs: [{ seed: 42, losses: [1] }] };
    expect(renderCurvesSection([[short]]).body.html).toContain(
      'No experiment here was trained for more than one epoch.',
    );
  });
});
