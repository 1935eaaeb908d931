import type { RandomAccess } from './random-access.js';

/** A file in a zip archive, as the directory of the archive describes it. */
export interface ZipEntry {
  /** With its folders; that of a folder ends in a slash. */
  readonly fileName: string;
  readonly generalPurposeBitFlag: number;
  readonly compressionMethod: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  /** Where its local header begins. */
  readonly start: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const UNKNOWN_16 = 0xffff;
const UNKNOWN_32 = 0xffffffff;

/**
 * Reads the directory at the end of a zip archive, also with the extension for large archives (ZIP64).
 *
 * @throws {Error} with the reason if it is damaged, or one of several parts
 * @source https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipDirectory(file: RandomAccess): Promise<ZipEntry[]> {
  const { count, bytes, start } = await findDirectory(file);
  if (start + bytes > file.bytes) throw new Error('its directory reaches beyond its end');
  const view = toView(await file.read(start, start + bytes));
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50)
      throw new Error(`its directory has ${entries.length} of ${count} files`);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = at + 46 + nameBytes! + extraBytes! + commentBytes!;
    if (next > view.byteLength) throw new Error('its directory ends within the description of a file');
    entries.push(readEntry(view, at, nameBytes!, extraBytes!));
    at = next;
  }
  return entries;
}

/** Where the compressed content of an entry begins; its end has been checked. */
export async function findContent(file: RandomAccess, entry: ZipEntry): Promise<number> {
  const header = toView(await file.read(entry.start, entry.start + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50)
    throw new Error(`${entry.fileName} does not begin where the directory says`);
  const content = entry.start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (content + entry.compressedSize > file.bytes) throw new Error(`${entry.fileName} reaches beyond its end`);
  return content;
}

interface Directory {
  readonly count: number;
  readonly bytes: number;
  readonly start: number;
}

async function findDirectory(file: RandomAccess): Promise<Directory> {
  const tailStart = Math.max(0, file.bytes - END_BYTES - LONGEST_COMMENT);
  const view = toView(await file.read(tailStart, file.bytes));
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue; // the comment ends the file
    const [disk, count] = [view.getUint16(at + 4, true), view.getUint16(at + 10, true)];
    const [bytes, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    const isLarge = count === UNKNOWN_16 || bytes === UNKNOWN_32 || start === UNKNOWN_32;
    if (isLarge) return findLargeDirectory(file, tailStart + at, { count, bytes, start });
    if (disk !== 0) throw new Error('it is one of several parts');
    return { count, bytes, start };
  }
  throw new Error('End of central directory record signature not found. Either not a zip file, or file is truncated.');
}

/** Counts that do not fit stand in a record of their own, which is named right before the end. */
async function findLargeDirectory(file: RandomAccess, end: number, small: Directory): Promise<Directory> {
  const locator = toView(await file.read(Math.max(0, end - 20), end));
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== 0x07064b50) return small;
  const at = readUint64(locator, 8);
  const record = toView(await file.read(at, at + 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50)
    throw new Error('its directory is not where its end says');
  return { count: readUint64(record, 32), bytes: readUint64(record, 40), start: readUint64(record, 48) };
}

function readEntry(view: DataView, at: number, nameBytes: number, extraBytes: number): ZipEntry {
  const generalPurposeBitFlag = view.getUint16(at + 8, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes);
  const sizes = readSizes(view, at, at + 46 + nameBytes, extraBytes);
  return {
    fileName: new TextDecoder(generalPurposeBitFlag & 0x800 ? 'utf-8' : 'latin1').decode(name).replaceAll('\\', '/'),
    generalPurposeBitFlag,
    compressionMethod: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    ...sizes,
  };
}

/** Sizes that do not fit stand in the extra field 1, those that are needed only, in this order. */
function readSizes(
  view: DataView,
  at: number,
  extraStart: number,
  extraBytes: number,
): Pick<ZipEntry, 'uncompressedSize' | 'compressedSize' | 'start'> {
  let large = findExtraField(view, extraStart, extraBytes);
  const read = (field: number): number => {
    const value = view.getUint32(at + field, true);
    if (value !== UNKNOWN_32 || !large || large.byteLength < 8) return value;
    const size = readUint64(large, 0);
    large = new DataView(large.buffer, large.byteOffset + 8, large.byteLength - 8);
    return size;
  };
  return { uncompressedSize: read(24), compressedSize: read(20), start: read(42) };
}

function findExtraField(view: DataView, start: number, bytes: number): DataView | undefined {
  for (let at = start; at + 4 <= start + bytes; ) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > start + bytes) return undefined;
    if (view.getUint16(at, true) === 1) return new DataView(view.buffer, view.byteOffset + at + 4, length);
    at += 4 + length;
  }
  return undefined;
}

function readUint64(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw new Error('it states a size that no file has');
  return value;
}

function toView({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
