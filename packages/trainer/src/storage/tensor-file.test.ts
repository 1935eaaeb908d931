import { mkdir, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeStart } from './artifact.js';
import { readTensorFile, writeTensorFile } from './tensor-file.js';

describe('tensorFile', () => {
  let folder: string;
  let path: string;
  const tensors = new Map([
    ['item/weight', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6.5) }],
    ['ids', { shape: [3], values: Int32Array.of(7, -8, 9) }],
    ['moment', { shape: [1], values: Float64Array.of(Math.PI) }],
  ]);
  const readMessage = async (work: Promise<unknown>) =>
    ((await work.catch((error: Error) => error)) as Error).message.replaceAll(folder, '…');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-'));
    path = join(folder, 'model.safetensors');
  });

  it('reads what was written, byte for byte', async () => {
    await writeTensorFile(path, { tensors, metadata: { note: 'Amélie' } });
    const read = await readTensorFile(path);
    expect(read.tensors).toEqual(tensors);
    expect(read.metadata['note']).toBe('Amélie');
  });

  it('follows the safetensors layout: header length, JSON header, then the numbers', async () => {
    await writeTensorFile(path, { tensors, metadata: {} });
    const bytes = await readFile(path);
    const length = Number(bytes.readBigUInt64LE(0));
    expect(JSON.parse(bytes.subarray(8, 8 + length).toString())).toMatchObject({
      'item/weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      ids: { dtype: 'I32', shape: [3], data_offsets: [24, 36] },
    });
    expect(bytes.readFloatLE(8 + length + 20)).toBe(6.5);
  });

  it('reports a file that is truncated, altered or missing', async () => {
    await writeTensorFile(path, { tensors, metadata: {} });
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1;
    await writeFile(join(folder, 'altered'), bytes);
    await truncate(path, bytes.length - 4);
    expect(await readMessage(readTensorFile(path))).toMatchInlineSnapshot(
      `"model.safetensors: expected a file that Footlight wrote, received one whose content does not match its checksum. Write or copy it again."`,
    );
    expect(await readMessage(readTensorFile(join(folder, 'altered')))).toMatchInlineSnapshot(
      `"altered: expected a file that Footlight wrote, received one whose content does not match its checksum. Write or copy it again."`,
    );
    expect(await readMessage(readTensorFile(join(folder, 'nothing')))).toMatchInlineSnapshot(
      `"nothing: expected a file at …/nothing, received none. Check the path."`,
    );
    expect(await readMessage(readTensorFile(folder))).toMatch(
      /^footlight-\w+: expected a file at …, received a folder\./,
    );
    const foreign = Buffer.from('........{}', 'utf8');
    foreign.writeBigUInt64LE(2n, 0);
    await writeFile(join(folder, 'foreign'), foreign);
    expect(await readMessage(readTensorFile(join(folder, 'foreign')))).toMatchInlineSnapshot(
      `"foreign: expected a file that Footlight wrote, received one without a checksum, of another program. Write or copy it again."`,
    );
    await writeFile(path, 'no');
    expect(await readMessage(readTensorFile(path))).toMatchInlineSnapshot(
      `"model.safetensors: expected a file that Footlight wrote, received one that ends before its header does. Write or copy it again."`,
    );
  });

  it.skipIf(process.platform === 'win32')('refuses devices, which may have no end', async () => {
    const message =
      'zero: expected a file that Footlight wrote, received a device or a pipe. Copy its content to a file.';
    expect(await readMessage(readTensorFile('/dev/zero'))).toBe(message);
    expect(await readMessage(describeStart('/dev/zero'))).toBe(message);
  });

  it('leaves the earlier file and no temporary file if writing fails', async () => {
    await writeTensorFile(path, { tensors, metadata: { version: '1' } });
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    expect(await readMessage(writeTensorFile(join(folder, 'taken'), { tensors, metadata: {} }))).toMatch(
      /^footlight: could not write …\/taken: EISDIR: it is a folder\. Name a file in it\.$/,
    );
    await expect(writeTensorFile(join(path, 'below-a-file'), { tensors, metadata: {} })).rejects.toMatchObject({
      code: 'write-failed',
    });
    expect((await readTensorFile(path)).metadata['version']).toBe('1');
    expect(await readdir(folder)).toEqual(['model.safetensors', 'taken']);
  });
});
