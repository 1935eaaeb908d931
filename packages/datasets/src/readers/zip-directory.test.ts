import { describe, expect, it } from 'vitest';
import { zipFiles } from '../temporary-folder.fixture.js';
import type { RandomAccess } from './random-access.js';
import { findContent, readZipDirectory } from './zip-directory.js';

function open(bytes: Uint8Array): RandomAccess {
  return {
    bytes: bytes.length,
    read: async (from, to) => bytes.slice(from, to),
    stream: () => {
      throw new Error('not read');
    },
  };
}

/** Moves counts and sizes of an archive with one file into the records of ZIP64. */
function toZip64(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset);
  const end = zip.length - 22;
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  const [compressed, uncompressed] = [view.getUint32(start + 20, true), view.getUint32(start + 24, true)];
  const whole = new Uint8Array(zip.length + 28 + 56 + 20);
  const into = new DataView(whole.buffer);
  whole.set(zip.subarray(0, end));
  for (const field of [20, 24, 42]) into.setUint32(start + field, 0xffffffff, true);
  into.setUint16(start + 30, 28, true); // the extra field
  into.setUint16(end, 1, true);
  into.setUint16(end + 2, 24, true);
  into.setBigUint64(end + 4, BigInt(uncompressed), true);
  into.setBigUint64(end + 12, BigInt(compressed), true);
  const record = end + 28;
  into.setUint32(record, 0x06064b50, true);
  into.setBigUint64(record + 32, 1n, true);
  into.setBigUint64(record + 40, BigInt(size + 28), true);
  into.setBigUint64(record + 48, BigInt(start), true);
  into.setUint32(record + 56, 0x07064b50, true);
  into.setBigUint64(record + 64, BigInt(record), true);
  whole.set(zip.subarray(end), record + 76);
  for (const [field, bytes] of [
    [10, 2],
    [12, 4],
    [16, 4],
  ] as const)
    whole.fill(0xff, record + 76 + field, record + 76 + field + bytes);
  return whole;
}

describe('readZipDirectory', () => {
  const zip = zipFiles({ 'a/first.csv': 'one', 'second é.csv': 'two'.repeat(99) });

  it('lists names and sizes, and where contents begin', async () => {
    const entries = await readZipDirectory(open(zip));
    expect(entries.map(({ fileName, uncompressedSize }) => [fileName, uncompressedSize])).toEqual([
      ['a/first.csv', 3],
      ['second é.csv', 297],
    ]);
    expect(await findContent(open(zip), entries[0]!)).toBe(30 + 'a/first.csv'.length);
  });

  it('reads archives with a comment', async () => {
    const commented = new Uint8Array([...zip, ...new TextEncoder().encode('PK\x05\x06 a comment')]);
    new DataView(commented.buffer).setUint16(zip.length - 2, commented.length - zip.length, true);
    expect(await readZipDirectory(open(commented))).toHaveLength(2);
  });

  it('reads ZIP64, and refuses sizes that no file has', async () => {
    const large = toZip64(zipFiles({ 'a.csv': 'user,item\n1,2\n' }));
    const [entry] = await readZipDirectory(open(large));
    expect(entry).toMatchObject({ fileName: 'a.csv', uncompressedSize: 14, start: 0 });
    expect(await findContent(open(large), entry!)).toBe(35);
    large.fill(0xff, large.length - 22 - 20 - 56 + 48, large.length - 22 - 20 - 56 + 56);
    await expect(readZipDirectory(open(large))).rejects.toThrow('it states a size that no file has');
  });

  it('fails in words wherever the archive is cut off, or a byte of its end differs', async () => {
    for (let length = 0; length < zip.length; length++)
      await expect(readZipDirectory(open(zip.subarray(0, length)))).rejects.toThrow(/^[A-Z]|^it/);
    for (let at = zip.length - 22; at < zip.length; at++) {
      const damaged = zip.slice();
      damaged[at]! ^= 0x55;
      const message = await readZipDirectory(open(damaged)).then(String, (error: Error) => error.message);
      expect(message).not.toMatch(/RangeError|Offset|undefined/);
    }
  });
});
