/** Files that begin with these bytes are no text. */
const SIGNATURES: readonly (readonly [signature: string, name: string, remedy: string])[] = [
  ['PAR1', 'a Parquet file', "Set format: 'parquet', or let its name end in .parquet."],
  ['PK\x03\x04', 'a zip archive', 'Unpack it.'],
  ['\x1f\x8b', 'a gzip file', 'Unpack it.'],
  ['BZh', 'a bzip2 file', 'Unpack it (bzip2 -d), or compress it with gzip.'],
  ['\xfd7zXZ\0', 'an xz file', 'Unpack it (xz -d), or compress it with gzip.'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive', 'Unpack it, or compress the file with gzip.'],
  ['Rar!\x1a\x07', 'a rar archive', 'Unpack it, or compress the file with gzip.'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file', 'Unpack it (zstd -d), or compress it with gzip.'],
  ['\x04\x22\x4d\x18', 'an lz4 file', 'Unpack it (lz4 -d), or compress it with gzip.'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an Excel workbook (.xls)', 'Save the sheet as CSV.'],
  ['ARROW1', 'an Arrow file', 'Save it as Parquet or CSV.'],
  ['FEA1', 'a Feather file', 'Save it as Parquet or CSV.'],
  ['\x89HDF\r\n\x1a\n', 'an HDF5 file', 'Save it as Parquet or CSV.'],
  ['\x93NUMPY', 'a NumPy file', 'Save it as Parquet or CSV.'],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table as CSV.'],
  ['Obj\x01', 'an Avro file', 'Save it as Parquet or CSV.'],
  ['ORC', 'an ORC file', 'Save it as Parquet or CSV.'],
  ['%PDF-', 'a PDF document', 'Save the table as CSV.'],
  ['{\\rtf', 'an RTF document', 'Save it as plain text.'],
];

/** Texts that are no tables, by their first characters in lower case. */
const DOCUMENTS: readonly (readonly [begin: RegExp, name: string, remedy: string])[] = [
  [/^<!doctype html|^<html/, 'an HTML page', 'It may be the page of a failed download: download the file again.'],
  [/^<\?xml/, 'an XML document', 'Save the table as CSV.'],
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS', 'Fetch the file itself: git lfs pull.'],
];

/** Where the name `ustar` stands in a tar archive. */
const TAR_MAGIC_AT = 257;

/** What a file is, and what to do with it. */
export interface Content {
  readonly name: string;
  readonly remedy: string;
}

/** What a file is by its first bytes, unless it may be a table in a text. */
export function identifyContent(head: Uint8Array): Content | undefined {
  const bytes = String.fromCharCode(...head.subarray(0, 512));
  const [, name, remedy] = SIGNATURES.find(([signature]) => bytes.startsWith(signature)) ?? [];
  if (name !== undefined && isCertain(name, bytes)) return { name, remedy: remedy! };
  if (bytes.startsWith('ustar', TAR_MAGIC_AT)) return { name: 'a tar archive', remedy: 'Unpack it.' };
  if (bytes.startsWith('\xff\xfe\0\0') || bytes.startsWith('\0\0\xfe\xff'))
    return { name: 'text in UTF-32', remedy: 'Save the file as UTF-8.' };
  const text = bytes
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  const [, document, hint] = DOCUMENTS.find(([begin]) => begin.test(text)) ?? [];
  return document === undefined ? undefined : { name: document, remedy: hint! };
}

/** Signatures of letters alone can begin a text: a binary file has a NUL soon after them. */
function isCertain(name: string, bytes: string): boolean {
  return (
    !['a Parquet file', 'a bzip2 file', 'an Arrow file', 'an ORC file', 'a Feather file'].includes(name) ||
    bytes.includes('\0')
  );
}
