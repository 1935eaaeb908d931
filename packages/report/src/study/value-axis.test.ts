import { describe, expect, it } from 'vitest';
import { createValueAxis } from './value-axis.js';

const count = (length: number): number[] => Array.from({ length }, (_, at) => at + 1);

describe('createValueAxis', () => {
  it('is logarithmic for losses far apart, and not for values to maximize', () => {
    expect(createValueAxis('loss', [0.01, 3], 'minimize').axis.scale).toBe('log');
    expect(createValueAxis('mrr', [0.001, 0.04], 'maximize').axis.scale).toBe('linear');
    expect(createValueAxis('loss', [-1, 30], 'minimize').axis.scale).toBe('linear');
  });

  it('ends before few values that are much worse, and draws them at its edge', () => {
    // -10 … 9 and 1000: the value at nine tenths is the 19th of 21, 8; the edge is -10 + 1.5 · 18 = 17
    const values = [...count(20).map((value) => value - 11), 1000];
    const { axis, place, worst, remarks } = createValueAxis('value', values, 'minimize');
    expect(axis.domain).toEqual([-10, 17]);
    expect([place(1000), place(3), worst]).toEqual([17, 3, 17]);
    expect(remarks).toEqual(['One value is beyond the axis, up to 1000.0, drawn at its edge.']);
  });

  it('ends at the other side where values are maximized', () => {
    const values = [...count(20), -5000];
    const { axis, worst } = createValueAxis('value', values, 'maximize');
    // best first 20 … 1: the 19th of 21 is 2; the edge is 20 - 1.5 · 18 = -7
    expect([axis.domain, worst]).toEqual([[-7, 20], -7]);
  });

  it('counts infinite values, and has a range without any finite one', () => {
    const { axis, place, remarks } = createValueAxis('value', [Infinity, -Infinity], 'minimize');
    expect([axis.domain, place(Infinity), place(-Infinity)]).toEqual([[0, 1], 1, 0]);
    expect(remarks).toEqual(['2 values are infinite, drawn at the edge.']);
  });
});
