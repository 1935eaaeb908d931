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

function writeFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'ratings.csv'), text);
  return join(folder, 'ratings.csv');
}

const conditions = { execArgv: ['--conditions=@footlight/source'] };

describe('startParallelRead', () => {
  it('starts after the line in the middle', async () => {
    // The middle is in the line 1,2
    const parallel = await startParallelRead(writeFile('id,rating\n1,2\n3,4\n5,6\n'), 22, layout, conditions);
    expect(parallel!.from).toBe(14);
    parallel!.stop();
  });

  it('returns undefined if no line ends after the middle', async () => {
    expect(await startParallelRead(writeFile('id,r\n1,234567'), 13, layout)).toBeUndefined();
    expect(await startParallelRead(writeFile('id,r\n1,234567\n'), 14, layout)).toBeUndefined();
  });

  it('returns no columns if a line is malformed', async () => {
    const parallel = await startParallelRead(writeFile('id,rating\n1,2\nx,y\n'), 18, layout, conditions);
    expect(await parallel!.columns).toBeUndefined();
  });
});
