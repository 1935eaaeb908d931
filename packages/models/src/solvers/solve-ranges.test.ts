import { describe, expect, it } from 'vitest';
import { solveRanges } from './solve-ranges.js';

/** Solves rows that take `cost` milliseconds each by a clock that stands still otherwise. */
function run(count: number, cost: (row: number) => number): { ranges: [number, number, number][]; reports: number[] } {
  let time = 0;
  const ranges: [begin: number, end: number, time: number][] = [];
  const solve = (begin: number, end: number) => {
    const started = time;
    for (let row = begin; row < end; row++) time += cost(row);
    ranges.push([begin, end, time - started]);
  };
  const steps = [...solveRanges({ count, solve, now: () => time })];
  return { ranges, reports: steps.flatMap((step) => (step ? [step.done] : [])) };
}

describe('solveRanges', () => {
  it('solves each row once, in order', () => {
    for (const count of [0, 1, 63, 64, 65, 10_007]) {
      const { ranges } = run(count, () => 0.1);
      expect([0, ...ranges.map(([, end]) => end)]).toEqual([...ranges.map(([begin]) => begin), count]);
    }
  });

  it('finds ranges of a fraction of a second, however long a row takes', () => {
    for (const cost of [0.001, 0.1, 3, 150]) {
      const { ranges } = run(100_000, () => cost);
      const later = ranges.slice(10, -1).map(([, , time]) => time);
      expect(Math.max(0, ...later)).toBeLessThan(201);
      if (cost > 0.001) expect(Math.min(...later)).toBeGreaterThan(90);
    }
  });

  it('shortens ranges where rows take longer', () => {
    const { ranges } = run(20_000, (row) => (row < 10_000 ? 0.1 : 1));
    expect(ranges.filter(([, , time]) => time > 400).length).toBe(1);
  });

  it('reports a few times per second, and the end', () => {
    const { reports, ranges } = run(50_000, () => 0.1); // five seconds
    expect(reports.length).toBeGreaterThan(5);
    expect(reports.length).toBeLessThan(ranges.length);
    expect(reports.at(-1)).toBe(50_000);
  });
});
