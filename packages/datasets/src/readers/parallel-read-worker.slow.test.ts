import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startParallelRead } from './parallel-read.js';
import { readColumns } from './read-columns.js';
import { openFile } from './source-file.js';

const columns = { user: { column: 'id', kind: 'id' }, rating: { column: 'rating', kind: 'float32' } } as const;

function writeFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'ratings.csv'), text);
  return join(folder, 'ratings.csv');
}

describe('parallel-read-worker', () => {
  it('returns the columns of the second half', async () => {
    const text = 'id,rating\n1,2\n3000000000,4.5\n5,6'; // the second half begins with 5
    const options = { execArgv: ['--conditions=@footlight/source'] };
    const parallel = await startParallelRead(
      writeFile(text),
      text.length,
      { separator: ',', header: ['id', 'rating'], columns },
      options,
    );
    expect(await parallel!.columns).toEqual([Int32Array.of(5), Float32Array.of(6)]);
  });

  it('changes neither the columns of a large file nor the errors', async () => {
    const rows = 4_500_007;
    // 4.5 million lines of about 15 bytes
    const lines = Array.from({ length: rows }, (_, row) => `${row * 997},${(row % 10) / 2}`);
    const path = writeFile(`id,rating\n${lines.join('\n')}\n`);
    const read = async (file = path) => readColumns(await openFile(file), { separator: ',', columns });
    const { user, rating } = await read();
    expect(user).toHaveLength(rows);
    const wrong = user.findIndex((id, row) => id !== row * 997 || rating[row] !== Math.fround((row % 10) / 2));
    expect(wrong).toBe(-1);
    lines[rows - 2] = 'x,1';
    await expect(read(writeFile(`id,rating\n${lines.join('\n')}\n`))).rejects.toThrow(`(line ${rows}, column id)`);
  });

  it('reads quoted fields in both halves, also where the middle of the file lies in one', async () => {
    const rows = 1_300_003;
    // Lines of about 60 bytes with notes that look like rows; one note covers the byte where the second half begins.
    const note = (row: number) => (row % 3 === 0 ? '"1,2\n3,""4""\r\n,"' : `"plain, ${row}"`);
    const middle = Math.floor(0.55 * rows);
    const long = '5,6,7,8\n'.repeat(400_000);
    const lines = Array.from(
      { length: rows },
      (_, row) =>
        `"${row * 997}",${row === middle ? `"${long}"` : note(row)},"${(row % 10) / 2}",padding with a text of its own`,
    );
    const text = `id,note,rating,rest\n${lines.join('\n')}\n`;
    const share = text.indexOf(long) / text.length;
    expect([text.length > 2 ** 26, share < 0.55, share + long.length / text.length > 0.55]).toEqual([true, true, true]);
    const { user, rating } = await readColumns(await openFile(writeFile(text)), { separator: ',', columns });
    expect(user).toHaveLength(rows);
    const wrong = user.findIndex((id, row) => id !== row * 997 || rating[row] !== Math.fround((row % 10) / 2));
    expect(wrong).toBe(-1);
  }, 180_000);
});
