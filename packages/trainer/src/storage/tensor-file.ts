import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RecsysError } from '@footlight/core';

/** Numbers with a shape, outside of any backend. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Float64Array;
}

/** Named tensors and text, as one file in the safetensors layout, which other languages read too. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

type DType = 'F32' | 'I32' | 'F64';
type Entry = { dtype: DType; shape: number[]; data_offsets: [number, number] };

/**
 * Writes to a temporary name beside `path`, waits for the disk, then renames: a reader sees the old file or the new one, never half of it.
 *
 * @throws {RecsysError} `write-failed`, e.g. when the disk is full; what stood at `path` is then untouched
 * @source https://github.com/huggingface/safetensors (format)
 */
export async function writeTensorFile(path: string, { tensors, metadata }: TensorFile): Promise<void> {
  const chunks = [...tensors.values()].map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  const header = headerOf(tensors, { ...metadata, sha256: checksum(chunks) });
  const temporary = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      for (const chunk of [header, ...chunks]) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to tell of
    throw new RecsysError(
      'write-failed',
      `writeTensorFile: could not write ${path}: ${(cause as Error).message}. What was there before is untouched.`,
      { cause },
    );
  }
}

/**
 * Reads a file of `writeTensorFile` and checks it against its checksum.
 *
 * @throws {RecsysError} `file-not-found`, or `file-damaged` if it is cut short, altered or something else
 */
export async function readTensorFile(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new RecsysError(
      cause.code === 'ENOENT' ? 'file-not-found' : 'read-failed',
      `readTensorFile: could not read ${path}: ${reason}.`,
      { cause },
    );
  });
  const damaged = (why: string): never => {
    throw new RecsysError(
      'file-damaged',
      `readTensorFile: expected a tensor file written by Footlight, received ${path}, ${why}. Write it again.`,
    );
  };
  if (bytes.length < 8) damaged('which is shorter than its header');
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  if (start > bytes.length) damaged('which is shorter than its header');
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start).toString('utf8'), damaged);
  const body = bytes.subarray(start);
  if (metadata['sha256'] !== checksum([body])) damaged('whose content does not match its checksum');
  return { metadata, tensors: new Map(Object.entries(entries).map(([name, entry]) => [name, tensorOf(body, entry)])) };
}

type Header = { __metadata__?: Record<string, string> } & Record<string, Entry>;

function parseHeader(text: string, damaged: (why: string) => never): Header {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return damaged('whose header is not JSON');
  }
}

function headerOf(tensors: TensorFile['tensors'], metadata: Record<string, string>): Uint8Array {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, values }]): [string, Entry] => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: typeOf(values), shape: [...shape], data_offsets: [begin, end] }];
  });
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const padded = Math.ceil(text.length / 8) * 8; // keeps the numbers that follow aligned
  const header = Buffer.alloc(8 + padded, ' ');
  header.writeBigUInt64LE(BigInt(padded), 0);
  text.copy(header, 8);
  return header;
}

function tensorOf(body: Buffer, { dtype, shape, data_offsets: [begin, end] }: Entry): StoredTensor {
  const buffer = new Uint8Array(body.subarray(begin, end)).buffer; // a copy, aligned
  const values =
    dtype === 'F32' ? new Float32Array(buffer) : dtype === 'I32' ? new Int32Array(buffer) : new Float64Array(buffer);
  return { shape, values };
}

function typeOf(values: StoredTensor['values']): DType {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'F64';
}

function checksum(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
