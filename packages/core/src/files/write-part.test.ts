import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { publishPart, writePart } from './write-part.js';

async function* send(texts: readonly string[], error?: Error): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
  if (error) throw error;
}

describe('writePart', () => {
  let folder: string;
  let part: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    part = join(folder, 'archive.zip.part');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  const read = () => readFileSync(part, 'utf8');

  it('keeps what has arrived, and continues it', async () => {
    await expect(writePart(part, send(['ab', 'cd'], new Error('connection lost')), false)).rejects.toThrow('lost');
    expect(read()).toBe('abcd');
    await writePart(part, send(['ef']), true);
    expect(read()).toBe('abcdef');
    await writePart(part, send(['xy']), false);
    expect(read()).toBe('xy');
    await publishPart(part, join(folder, 'archive.zip'));
    expect(readdirSync(folder)).toEqual(['archive.zip']);
  });

  it('writes everything where the system accepts one byte at a time, and reports a full disk', async () => {
    const slow = interceptFiles(folder, () => ({ bytes: 1 }));
    await writePart(part, send(['abc', 'de']), false).finally(() => slow.restore());
    expect(read()).toBe('abcde');
    const full = interceptFiles(folder, ({ operation }) =>
      operation.startsWith('write') ? { code: 'ENOSPC', partly: true } : undefined,
    );
    const written = writePart(part, send(['fghi']), true).finally(() => full.restore());
    await expect(written).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(read()).toBe('abcdefg');
  });
});
