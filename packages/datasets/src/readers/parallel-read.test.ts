import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startParallelRead } from './parallel-read.js';

const layout = {
  separator: ',',
  header: ['id', 'rating'],
  columns: { user: { column: 'id', kind: 'id' }, rating: { column: 'rating', kind: 'float32' } },
} as const;

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'ratings.csv'), text);
  return join(folder, 'ratings.csv');
}

const conditions = { execArgv: ['--conditions=@footlight/source'] };

describe('startSecondHalf', () => {
  it('begins after the line in the middle', async () => {
    const half = await startParallelRead(fileOf('id,rating\n1,2\n3,4\n5,6\n'), 22, layout, conditions); // the middle is in the line 1,2
    expect(half!.from).toBe(14);
    half!.stop();
  });

  it('has no half where no line ends', async () => {
    expect(await startParallelRead(fileOf('id,r\n1,234567'), 13, layout)).toBeUndefined();
    expect(await startParallelRead(fileOf('id,r\n1,234567\n'), 14, layout)).toBeUndefined();
  });

  it('gives up silently where a line does not fit', async () => {
    const half = await startParallelRead(fileOf('id,rating\n1,2\nx,y\n'), 18, layout, conditions);
    expect(await half!.columns).toBeUndefined();
  });
});
