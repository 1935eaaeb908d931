import { describe, expect, it } from 'vitest';
import { createProgressLine, formatDuration } from './progress.js';

describe('formatDuration', () => {
  it('shows the two largest units', () => {
    expect([0.4, 59.4, 59.6, 200, 3600 + 305].map(formatDuration)).toEqual([
      '0 s',
      '59 s',
      '1 min 0 s',
      '3 min 20 s',
      '1 h 5 min',
    ]);
  });
});

describe('createProgressLine', () => {
  const collect = (isTTY: boolean, columns = 100) => {
    const written: string[] = [];
    return { written, output: { isTTY, columns, write: (text: string) => written.push(text) } };
  };

  it('shows epoch, loss, validation metric and bar, and removes the line', () => {
    const { written, output } = collect(true);
    const line = createProgressLine('talk/bpr', output, 20);
    line.showEpoch({ epoch: 1, loss: 0.43217, seconds: 1, validation: { mrr: 0.081234 } });
    line.show({ label: 'train', done: 25, total: 100, unit: 'steps' });
    line.clear();
    expect(written).toEqual([
      '\r\x1b[Ktalk/bpr · epoch 6/20 · loss 0.4322 · mrr 0.08123 · ━━━━             25 % …',
      '\r\x1b[K',
    ]);
  });

  it('counts what has no total, and cuts what is wider than the terminal', () => {
    const { written, output } = collect(true, 24);
    createProgressLine('a title that is long', output).show({ label: 'read', done: 12345, unit: 'rows' });
    expect(written).toEqual(['\r\x1b[Ka title that is long ·…']);
    expect(written[0]!.length - '\r\x1b[K'.length).toBeLessThan(24);
  });

  it('writes nothing where the output is no terminal', () => {
    const { written, output } = collect(false);
    const line = createProgressLine('talk/bpr', output);
    line.show({ label: 'train', done: 1, total: 2, unit: 'steps' });
    line.clear();
    expect(written).toEqual([]);
  });
});
