import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Progress } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { catchMessage, createTemporaryFolder, zipFiles } from '../temporary-folder.fixture.js';
import { openFile, readLines, readText } from './source-file.js';
import { openZipEntry } from './zip-archive.js';

const long = 'eleven bytes'.repeat(300_000); // several chunks

async function readEntry(path: string, name: string): Promise<string> {
  return readText(await openZipEntry(path, name), 'utf-8');
}

describe('openFile', () => {
  it('reads a plain file and reports progress', async () => {
    const seen: Progress[] = [];
    const folder = createTemporaryFolder({ 'ratings.csv': long });
    const file = await openFile(join(folder, 'ratings.csv'), { onProgress: (progress) => seen.push(progress) });
    expect(file.bytes).toBe(3_600_000);
    expect(await readText(file, 'utf-8')).toBe(long);
    expect(seen.at(-1)).toEqual({ label: 'read ratings.csv', total: 3_600_000, unit: 'bytes', done: 3_600_000 });
  });

  it('decompresses gzip', async () => {
    const folder = createTemporaryFolder({ 'ratings.csv.gz': gzipSync(long) });
    expect(await readText(await openFile(join(folder, 'ratings.csv.gz')), 'utf-8')).toBe(long);
  });

  it('throws for a gzip file that is cut off', async () => {
    const folder = createTemporaryFolder({ 'ratings.csv.gz': gzipSync(long).subarray(0, 1000) });
    const read = async (): Promise<string> => readText(await openFile(join(folder, 'ratings.csv.gz')), 'utf-8');
    expect(await catchMessage(read(), folder)).toMatchInlineSnapshot(
      `"ratings.csv.gz: expected a whole archive, received one that is cut off or damaged (unexpected end of file). Put an undamaged copy at <folder>/ratings.csv.gz, or delete it so that it is downloaded again."`,
    );
  });

  it('stops when the signal is aborted', async () => {
    const folder = createTemporaryFolder({ 'ratings.csv': long });
    const stop = new AbortController();
    const file = await openFile(join(folder, 'ratings.csv'), { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(readText(file, 'utf-8')).rejects.toThrow('enough');
  });

  it('names a missing file in the error', async () => {
    const folder = createTemporaryFolder();
    expect(await catchMessage(openFile(join(folder, 'ratings.csv')), folder)).toMatchInlineSnapshot(
      `"ratings.csv: expected a file at <folder>/ratings.csv, received none. Check the path."`,
    );
  });
});

describe('openZipEntry', () => {
  const archive = zipFiles({ 'ml-20m/tags.csv': 'nothing', 'ml-20m/ratings.csv': long });

  it('finds an entry in any folder of the archive', async () => {
    const folder = createTemporaryFolder({ 'a.zip': archive, 'b.zip': zipFiles({ 'ratings.csv': 'flat' }) });
    expect(await readEntry(join(folder, 'a.zip'), 'ratings.csv')).toBe(long);
    expect(await readEntry(join(folder, 'b.zip'), 'ratings.csv')).toBe('flat');
  });

  it('lists the entries of the archive if the requested one is missing', async () => {
    const folder = createTemporaryFolder({ 'a.zip': archive });
    expect(await catchMessage(readEntry(join(folder, 'a.zip'), 'u.data'), folder)).toMatchInlineSnapshot(
      `"a.zip: expected an archive with u.data, received one with ml-20m/tags.csv, ml-20m/ratings.csv. Is <folder>/a.zip the original archive?"`,
    );
  });

  it('throws for an archive that is cut off', async () => {
    const folder = createTemporaryFolder({ 'a.zip': archive.subarray(0, archive.length - 40) });
    expect(await catchMessage(readEntry(join(folder, 'a.zip'), 'ratings.csv'), folder)).toMatchInlineSnapshot(
      `"a.zip: expected a whole archive, received one that is cut off or damaged (End of central directory record signature not found. Either not a zip file, or file is truncated). Put an undamaged copy at <folder>/a.zip, or delete it so that it is downloaded again."`,
    );
  });

  it('throws for a file that is no archive', async () => {
    const folder = createTemporaryFolder({ 'a.zip': '<html>Not found</html>' });
    expect(await catchMessage(readEntry(join(folder, 'a.zip'), 'ratings.csv'), folder)).toMatchInlineSnapshot(
      `"a.zip: expected a whole archive, received one that is cut off or damaged (End of central directory record signature not found. Either not a zip file, or file is truncated). Put an undamaged copy at <folder>/a.zip, or delete it so that it is downloaded again."`,
    );
  });

  it('throws for an entry with a wrong checksum', async () => {
    const stored = zipFiles({ 'ratings.csv': 'userId' });
    const at = Buffer.from(stored).indexOf('PK\x01\x02') + 16; // CRC-32 in the directory
    stored[at]! ^= 1;
    const folder = createTemporaryFolder({ 'a.zip': stored });
    expect(await catchMessage(readEntry(join(folder, 'a.zip'), 'ratings.csv'), folder)).toMatchInlineSnapshot(
      `"a.zip: expected a whole archive, received one that is cut off or damaged (the checksum of ratings.csv differs). Put an undamaged copy at <folder>/a.zip, or delete it so that it is downloaded again."`,
    );
  });

  it('does not change the archive', async () => {
    const folder = createTemporaryFolder({ 'a.zip': archive });
    appendFileSync(join(folder, 'a.zip'), ''); // the same content
    await readEntry(join(folder, 'a.zip'), 'tags.csv');
    expect(await readEntry(join(folder, 'a.zip'), 'ratings.csv')).toBe(long);
  });
});

describe('readLines', () => {
  it('splits at line ends of every kind, and decodes characters that are split between chunks', async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (const byte of new TextEncoder().encode('Zoë\r\n\nA\rB\nlast')) yield Uint8Array.of(byte);
    }
    const lines: string[] = [];
    for await (const line of readLines({ name: 'x', chunks: chunks() })) lines.push(line);
    expect(lines).toEqual(['Zoë', '', 'A\rB', 'last']);
  });
});
