import { createSha256, RecsysError } from '@footlight/core';
import { type FileSource, type FileTarget, readContent, toStoredFile } from './stored-file.js';

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
 * @throws {RecsysError} `write-failed`, e.g. if the disk is full; an earlier file is then unchanged
 * @source https://github.com/huggingface/safetensors (format)
 */
export async function writeTensorFile(target: FileTarget, file: TensorFile): Promise<void> {
  await toStoredFile(target).write(packTensorFile(file));
}

/** A tensor file in memory, with a checksum of all of its bytes, in pieces. */
export function packTensorFile(file: TensorFile): Uint8Array<ArrayBuffer>[] {
  const chunks = [...file.tensors.values()].map(({ values }) => toBytes(values));
  const header = createHeader(file);
  header.set(encoder.encode(computeChecksum([header, ...chunks])), CHECKSUM_AT);
  return [header, ...chunks];
}

/** The bytes of numbers; a copy if threads share their memory, which browsers do not store. */
function toBytes({ buffer, byteOffset, byteLength }: StoredTensor['values']): Uint8Array<ArrayBuffer> {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, byteLength);
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

/**
 * Reads a tensor file, verifies its checksum, and checks that every tensor has the bytes that its shape needs.
 *
 * Files of earlier versions, whose checksum covers the numbers alone, are read as well.
 *
 * @throws {RecsysError} `file-not-found`, or `file-damaged` if it is truncated, altered or of another format
 */
export async function readTensorFile(source: FileSource): Promise<TensorFile> {
  const file = toStoredFile(source);
  return parseTensorFile(file.name, await readContent(file));
}

/** As `readTensorFile`, for a file that has been read. */
export function parseTensorFile(fileName: string, bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes.length < 8 ? Infinity : 8 + Number(view.getBigUint64(0, true));
  if (start > bytes.length) failDamaged(fileName, 'that ends before its header does');
  const isSealed = decoder.decode(bytes.subarray(8, CHECKSUM_AT)) === HEADER_BEGIN;
  if (isSealed && readChecksum(bytes) !== computeSealedChecksum(bytes))
    failDamaged(fileName, 'whose content does not match its checksum');
  const body = bytes.subarray(start);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start), fileName);
  if (typeof metadata !== 'object' || Object.values(metadata ?? [0]).some((value) => typeof value !== 'string'))
    failDamaged(fileName, 'whose header has metadata that are no texts');
  if (metadata['sha256'] === undefined) failDamaged(fileName, 'without a checksum, of another program');
  if (!isSealed && metadata['sha256'] !== computeChecksum([body]))
    failDamaged(fileName, 'whose content does not match its checksum');
  const problem = findProblem(Object.entries(entries), body.length);
  if (problem !== undefined) failDamaged(fileName, `whose header does not fit: ${problem}`);
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
export function failDamaged(fileName: string, why: string): never {
  throw new RecsysError(
    'file-damaged',
    `${fileName}: expected a file that Footlight wrote, received one ${why}. Write or copy it again.`,
  );
}

type Header = { __metadata__?: Record<string, string> } & Record<string, Entry>;

/** The header of a file begins with its checksum, so that it can be verified before anything else is read. */
const HEADER_BEGIN = '{"__metadata__":{"sha256":"';
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const CHECKSUM_AT = 8 + HEADER_BEGIN.length;
const NO_CHECKSUM = '0'.repeat(64);

function parseHeader(bytes: Uint8Array, fileName: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  } catch {
    // the error below is the same for every text that is no object
  }
  return typeof header === 'object' && header !== null
    ? (header as Header)
    : failDamaged(fileName, 'that begins like none');
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
function createHeader({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, values }]): [string, Entry] => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: getDType(values), shape: [...shape], data_offsets: [begin, end] }];
  });
  const texts = Object.entries(metadata).filter(([name]) => name !== 'sha256');
  const first = joinFields([['sha256', NO_CHECKSUM], ...texts]);
  const text = encoder.encode(`{"__metadata__":{${first}}${entries.length > 0 ? ',' : ''}${joinFields(entries)}}`);
  const padded = Math.ceil(text.length / 8) * 8; // aligns the numbers after the header
  const header = new Uint8Array(8 + padded).fill(0x20); // blanks
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(text, 8);
  return header;
}

/** JSON of an object without its braces, in the order of the fields, whatever their names are. */
function joinFields(fields: readonly (readonly [string, unknown])[]): string {
  return fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',');
}

function readChecksum(bytes: Uint8Array): string {
  return decoder.decode(bytes.subarray(CHECKSUM_AT, CHECKSUM_AT + NO_CHECKSUM.length));
}

/** The checksum of a whole file, with zeros in place of the checksum that it holds. */
function computeSealedChecksum(bytes: Uint8Array): string {
  const rest = bytes.subarray(CHECKSUM_AT + NO_CHECKSUM.length);
  return computeChecksum([bytes.subarray(0, CHECKSUM_AT), encoder.encode(NO_CHECKSUM), rest]);
}

function readTensor(body: Uint8Array, { dtype, shape, data_offsets: [begin, end] }: Entry): StoredTensor {
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
  const hash = createSha256();
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}
