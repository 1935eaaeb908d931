import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { assertRegularFile } from './assert-regular-file.js';

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
 * Writes a tensor file atomically, with a checksum of all of its bytes.
 *
 * @throws {RecsysError} `write-failed`, e.g. if the disk is full; an earlier file at `path` is then unchanged
 * @source https://github.com/huggingface/safetensors (format)
 */
export async function writeTensorFile(path: string, file: TensorFile): Promise<void> {
  const chunks = [...file.tensors.values()].map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  const header = createHeader(file);
  header.write(computeChecksum([header, ...chunks]), CHECKSUM_AT, 'latin1');
  await writeFileAtomically(path, [header, ...chunks]);
}

/**
 * Reads a tensor file, verifies its checksum, and checks that every tensor has the bytes that its shape needs.
 *
 * Files of earlier versions, whose checksum covers the numbers alone, are read as well.
 *
 * @throws {RecsysError} `file-not-found`, or `file-damaged` if it is truncated, altered or of another format
 */
export async function readTensorFile(path: string): Promise<TensorFile> {
  assertRegularFile(path);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw describeReadFailure(path, cause);
  });
  const start = bytes.length < 8 ? Infinity : 8 + Number(bytes.readBigUInt64LE(0));
  if (start > bytes.length) failDamaged(path, 'that ends before its header does');
  const isSealed = bytes.subarray(8, CHECKSUM_AT).equals(HEADER_BEGIN);
  if (isSealed && readChecksum(bytes) !== computeSealedChecksum(bytes))
    failDamaged(path, 'whose content does not match its checksum');
  const body = bytes.subarray(start);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start), path);
  if (typeof metadata !== 'object' || Object.values(metadata ?? [0]).some((value) => typeof value !== 'string'))
    failDamaged(path, 'whose header has metadata that are no texts');
  if (metadata['sha256'] === undefined) failDamaged(path, 'without a checksum, of another program');
  if (!isSealed && metadata['sha256'] !== computeChecksum([body]))
    failDamaged(path, 'whose content does not match its checksum');
  const problem = findProblem(Object.entries(entries), body.length);
  if (problem !== undefined) failDamaged(path, `whose header does not fit: ${problem}`);
  return {
    metadata,
    tensors: new Map(Object.entries(entries).map(([name, entry]) => [name, readTensor(body, entry)])),
  };
}

/**
 * Throws the error of a file that is damaged, or of another program.
 *
 * @param why the rest of a sentence that begins with *received one*
 * @throws {RecsysError} `file-damaged`, always
 */
export function failDamaged(path: string, why: string): never {
  throw new RecsysError(
    'file-damaged',
    `${basename(path)}: expected a file that Footlight wrote, received one ${why}. Write or copy it again.`,
  );
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

/** The header of a file begins with its checksum, so that it can be verified before anything else is read. */
const HEADER_BEGIN = Buffer.from('{"__metadata__":{"sha256":"');
const CHECKSUM_AT = 8 + HEADER_BEGIN.length;
const NO_CHECKSUM = '0'.repeat(64);

function parseHeader(bytes: Buffer, path: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString('utf8'));
  } catch {
    // the error below is the same for every text that is no object
  }
  return typeof header === 'object' && header !== null
    ? (header as Header)
    : failDamaged(path, 'that begins like none');
}

const BYTES_PER_VALUE: Readonly<Record<DType, number>> = { F32: 4, I32: 4, F64: 8 };

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** What is wrong with the header: a type, a shape, or bytes that do not belong to exactly one tensor. */
function findProblem(entries: readonly (readonly [string, Entry])[], bodyBytes: number): string | undefined {
  for (const [name, entry] of entries) {
    if (typeof entry !== 'object' || entry === null) return `${name} is no tensor`;
    const { dtype, shape, data_offsets } = entry;
    if (!Object.hasOwn(BYTES_PER_VALUE, dtype)) return `${name} has the type ${JSON.stringify(dtype)}`;
    if (!Array.isArray(shape) || !shape.every(isCount)) return `${name} has the shape ${JSON.stringify(shape)}`;
    if (!Array.isArray(data_offsets) || data_offsets.length !== 2 || !data_offsets.every(isCount))
      return `${name} has the bytes ${JSON.stringify(data_offsets)}`;
    const bytes = shape.reduce((product, size) => product * size, BYTES_PER_VALUE[dtype]);
    if (data_offsets[1] - data_offsets[0] !== bytes)
      return `${name} of shape [${shape.join(', ')}] needs ${bytes} bytes and has ${data_offsets[1] - data_offsets[0]}`;
  }
  let end = 0;
  for (const [name, { data_offsets }] of entries.toSorted(([, one], [, other]) => compareBytes(one, other))) {
    if (data_offsets[0] !== end) return `${name} begins at byte ${data_offsets[0]} instead of ${end}`;
    end = data_offsets[1];
  }
  return end === bodyBytes ? undefined : `its tensors have ${end} bytes and the file has ${bodyBytes}`;
}

function compareBytes({ data_offsets: one }: Entry, { data_offsets: other }: Entry): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** @returns the header with zeros in place of the checksum */
function createHeader({ tensors, metadata }: TensorFile): Buffer {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, values }]): [string, Entry] => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: getDType(values), shape: [...shape], data_offsets: [begin, end] }];
  });
  const texts = Object.entries(metadata).filter(([name]) => name !== 'sha256');
  const first = joinFields([['sha256', NO_CHECKSUM], ...texts]);
  const text = Buffer.from(`{"__metadata__":{${first}}${entries.length > 0 ? ',' : ''}${joinFields(entries)}}`);
  const padded = Math.ceil(text.length / 8) * 8; // aligns the numbers after the header
  const header = Buffer.alloc(8 + padded, ' ');
  header.writeBigUInt64LE(BigInt(padded), 0);
  text.copy(header, 8);
  return header;
}

/** JSON of an object without its braces, in the order of the fields, whatever their names are. */
function joinFields(fields: readonly (readonly [string, unknown])[]): string {
  return fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',');
}

function readChecksum(bytes: Buffer): string {
  return bytes.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + NO_CHECKSUM.length);
}

/** The checksum of a whole file, with zeros in place of the checksum that it holds. */
function computeSealedChecksum(bytes: Buffer): string {
  const rest = bytes.subarray(CHECKSUM_AT + NO_CHECKSUM.length);
  return computeChecksum([bytes.subarray(0, CHECKSUM_AT), Buffer.from(NO_CHECKSUM), rest]);
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
