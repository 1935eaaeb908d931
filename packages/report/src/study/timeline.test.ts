import { describe, expect, it } from 'vitest';
import { createSample } from './study.fixture.js';
import { arrangeTimeline } from './timeline.js';
import { createTimelineFigure } from './timeline-figure.js';

describe('arrangeTimeline', () => {
  it('gives trials that run at the same time different lanes', () => {
    const { trials } = createSample([
      { from: 0, to: 10 },
      { from: 2, to: 5 },
      { from: 5, to: 9, state: 'pruned' },
      { from: 8, to: 12, state: 'failed' },
      { state: 'waiting' },
    ]);
    const { spans, lanes, seconds, start } = arrangeTimeline(trials)!;
    expect(spans.map(({ lane }) => lane)).toEqual([0, 1, 1, 2]); // 5 … 9 begins when 2 … 5 ends
    expect(spans.map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [2, 5],
      [5, 9],
      [8, 12],
    ]);
    expect([lanes, seconds, start.toISOString()]).toEqual([3, 12, '2026-01-01T00:00:00.000Z']);
  });

  it('leaves out pauses longer than a tenth of the time with trials', () => {
    const { trials } = createSample([
      { from: 0, to: 100 },
      { from: 105, to: 200 }, // 5 s: too short
      { from: 1200, to: 1300 },
    ]);
    const { spans, pauses, seconds } = arrangeTimeline(trials)!;
    expect(pauses).toEqual([{ at: 200, seconds: 1000 }]);
    expect(spans.at(-1)).toMatchObject({ from: 200, to: 300 });
    expect(seconds).toBe(300);
  });

  it('ends running trials at the latest time, and counts trials whose clocks differ', () => {
    const { trials } = createSample([
      { from: 0, state: 'running' },
      { from: 3, to: 8 },
      { from: 6, to: 5 },
    ]);
    const { spans, reversed } = arrangeTimeline(trials)!;
    expect(spans.map(({ to }) => to)).toEqual([8, 8, 6]);
    expect(reversed).toBe(1);
    expect(arrangeTimeline(createSample([{ state: 'waiting' }]).trials)).toBeUndefined();
  });
});

describe('createTimelineFigure', () => {
  it('shows how many of many trials ran at once', () => {
    // Two workers, 200 trials of 3 s each, one after the other; those of the second worker fail.
    const sketches = Array.from({ length: 400 }, (_, at) => {
      const from = 3 * Math.floor(at / 2);
      return { from, to: from + 3, state: at % 2 === 0 ? ('complete' as const) : ('failed' as const) };
    });
    const { figure, table } = createTimelineFigure(createSample(sketches), 'timeline')!;
    expect(figure.description).toContain('400 trials, at most 2 at once; on average 2.0000.');
    const [complete, failed] = figure.series.map((series) => (series.draw === 'columns' ? series.columns : []));
    expect([complete!.length, failed!.length]).toEqual([60, 60]);
    for (const [at, { y, base }] of failed!.entries()) {
      expect(y).toBeCloseTo(1);
      expect(base).toBeCloseTo(1);
      expect(complete![at]).toMatchObject({ base: 0 });
    }
    expect(table.rows).toEqual([
      ['complete', '200', '10 min', '3 s', '3 s'],
      ['failed', '200', '10 min', '3 s', '3 s'],
    ]);
  });
});
