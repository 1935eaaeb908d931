import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';

/** A tensor in memory, outside of any backend. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Float64Array;
}

/** Named tensors and text: one file in the safetensors format, which other languages read too. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

type DType = 'F32' | 'I32' | 'F64';
type Entry = { dtype: DType; shape: number[]; data_offsets: [number, number] };

/**
 * Writes a tensor file atomically, with a checksum.
 *
 * @throws {RecsysError} `write-failed`, e.g. if the disk is full; an earlier file at `path` is then unchanged
 * @source https://github.com/huggingface/safetensors (format)
 */
export async function writeTensorFile(path: string, { tensors, metadata }: TensorFile): Promise<void> {
  const chunks = [...tensors.values()].map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  const header = createHeader(tensors, { ...metadata, sha256: computeChecksum(chunks) });
  await writeFileAtomically(path, [header, ...chunks]);
}

/**
 * Reads a tensor file and verifies its checksum.
 *
 * @throws {RecsysError} `file-not-found`, or `file-damaged` if it is truncated, altered or of another format
 */
export async function readTensorFile(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw describeReadFailure(path, cause);
  });
  const damaged = (why: string): never => {
    throw new RecsysError(
      'file-damaged',
      `${basename(path)}: expected a file that Footlight wrote, received one ${why}. Write or copy it again.`,
    );
  };
  if (bytes.length < 8) damaged('that ends before its header does');
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  if (start > bytes.length) damaged('that ends before its header does');
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start).toString('utf8'), damaged);
  const body = bytes.subarray(start);
  if (metadata['sha256'] === undefined) damaged('without a checksum, of another program');
  if (metadata['sha256'] !== computeChecksum([body])) damaged('whose content does not match its checksum');
  return {
    metadata,
    tensors: new Map(Object.entries(entries).map(([name, entry]) => [name, readTensor(body, entry)])),
  };
}

/** What is wrong with a file that cannot be read, by the code of the system's error. */
const readFailures: Readonly<Record<string, readonly [code: 'file-not-found' | 'read-failed', received: string]>> = {
  ENOENT: ['file-not-found', 'none. Check the path'],
  ENOTDIR: ['file-not-found', 'none. Check the path'],
  EISDIR: ['read-failed', 'a folder. Name a file in it'],
  EACCES: ['read-failed', 'one that may not be read. Check its permissions'],
};

/** The error of a file that cannot be read. */
export function describeReadFailure(path: string, cause: NodeJS.ErrnoException): RecsysError {
  const [code, received] = readFailures[cause.code ?? ''] ?? ['read-failed', `the error "${cause.message}"`];
  return new RecsysError(code, `${basename(path)}: expected a file at ${path}, received ${received}.`, { cause });
}

type Header = { __metadata__?: Record<string, string> } & Record<string, Entry>;

function parseHeader(text: string, damaged: (why: string) => never): Header {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return damaged('that begins like none');
  }
}

function createHeader(tensors: TensorFile['tensors'], metadata: Record<string, string>): Uint8Array {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, values }]): [string, Entry] => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: getDType(values), shape: [...shape], data_offsets: [begin, end] }];
  });
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const padded = Math.ceil(text.length / 8) * 8; // aligns the numbers after the header
  const header = Buffer.alloc(8 + padded, ' ');
  header.writeBigUInt64LE(BigInt(padded), 0);
  text.copy(header, 8);
  return header;
}

function readTensor(body: Buffer, { dtype, shape, data_offsets: [begin, end] }: Entry): StoredTensor {
  const buffer = new Uint8Array(body.subarray(begin, end)).buffer; // a copy, aligned
  const values =
    dtype === 'F32' ? new Float32Array(buffer) : dtype === 'I32' ? new Int32Array(buffer) : new Float64Array(buffer);
  return { shape, values };
}

function getDType(values: StoredTensor['values']): DType {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'F64';
}

function computeChecksum(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
