import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.js';

describe('writeFileAtomically', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-'));
  });

  it('writes text, bytes and chunks of bytes, into folders that it creates', async () => {
    const path = join(folder, 'new', 'folder', 'file');
    await writeFileAtomically(path, 'Amélie');
    expect(await readFile(path, 'utf8')).toBe('Amélie');
    await writeFileAtomically(path, Uint8Array.of(1, 2));
    expect([...(await readFile(path))]).toEqual([1, 2]);
    await writeFileAtomically(path, [Uint8Array.of(3), Uint8Array.of(5, 7)]);
    expect([...(await readFile(path))]).toEqual([3, 5, 7]);
    expect(await readdir(join(folder, 'new', 'folder'))).toEqual(['file']);
  });

  it('writes one file at a time whole, even from many writers at once', async () => {
    const path = join(folder, 'file');
    const texts = Array.from({ length: 7 }, (_, at) => String(at).repeat(100_003));
    await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('leaves the earlier file and no temporary file if it fails', async () => {
    const path = join(folder, 'file');
    await writeFileAtomically(path, 'earlier');
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    const error = (await writeFileAtomically(join(folder, 'taken'), 'x').catch((cause: Error) => cause)) as Error;
    expect(error.message.replaceAll(folder, '…')).toMatch(
      /^footlight: could not write …\/taken: EISDIR: it is a folder\. Name a file in it\.$/,
    );
    await expect(writeFileAtomically(join(path, 'below-a-file'), 'x')).rejects.toMatchObject({ code: 'write-failed' });
    expect(await readFile(path, 'utf8')).toBe('earlier');
    expect(await readdir(folder)).toEqual(['file', 'taken']);
  });
});
