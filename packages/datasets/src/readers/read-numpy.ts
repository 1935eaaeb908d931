import { RecsysError } from '@footlight/core';

/** An array of a `.npy` file, row by row. */
export interface NumpyArray {
  readonly shape: readonly number[];
  /** Numbers, or texts of an array of type `<U…`. */
  readonly values: readonly (number | string)[];
}

/** Bytes per number, and how one is read. Whole numbers of 8 bytes that a double would round become texts. */
const types: Readonly<
  Record<string, readonly [size: number, (view: DataView, at: number, little: boolean) => number | string]>
> = {
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i8: [8, (view, at, little) => toExact(view.getBigInt64(at, little))],
  u8: [8, (view, at, little) => toExact(view.getBigUint64(at, little))],
};

const toExact = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value);

/**
 * Reads an array that `numpy.save` wrote: numbers of up to 8 bytes, or texts.
 *
 * @throws {RecsysError} `invalid-data` if it is no such file, is cut, or has another type
 * @source https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNumpy(bytes: Uint8Array, name: string): NumpyArray {
  const fail = (expected: string, received: string, hint = 'Write it with numpy.save.'): never => {
    throw new RecsysError('invalid-data', `${name}: expected ${expected}, received ${received}. ${hint}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || toLatin1(bytes.subarray(0, 6)) !== '\x93NUMPY') fail('a NumPy array', 'another file');
  const start = bytes[6]! >= 2 ? 12 : 10;
  const end = start + (bytes[6]! >= 2 ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = toLatin1(bytes.subarray(start, end));
  const [, order = '', kind = ''] = /'descr':\s*'([<>|=])(\w+)'/.exec(header) ?? [];
  const shape = (/'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const isColumnMajor = /'fortran_order':\s*True/.test(header);
  const length = shape.reduce((product, size) => product * size, 1);
  const text = /^U(\d+)$/.exec(kind)?.[1];
  const size = text === undefined ? types[kind]?.[0] : 4 * Number(text);
  if (size === undefined || shape.length === 0)
    return fail('numbers or texts', header.trim().slice(0, 80), 'Convert it, e.g. with array.astype(numpy.float32).');
  if (bytes.length - end !== length * size)
    fail(`${length * size} bytes of values`, `${bytes.length - end}`, 'Is the file complete?');
  const little = order !== '>';
  const read =
    text === undefined
      ? (at: number) => types[kind]![1](view, at, little)
      : (at: number) => readText(view, at, size, little);
  const values = Array.from({ length }, (_, at) => read(end + at * size));
  return { shape, values: isColumnMajor && shape.length === 2 ? transpose(values, shape[0]!, shape[1]!) : values };
}

/** Bytes as characters: a decoder of `latin1` reads some as other ones. */
function toLatin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** A text of UTF-32, padded with zeros. */
function readText(view: DataView, at: number, size: number, little: boolean): string {
  let text = '';
  for (let byte = at; byte < at + size; byte += 4) {
    const code = view.getUint32(byte, little);
    if (code === 0) break;
    text += String.fromCodePoint(Math.min(code, 0x10ffff));
  }
  return text;
}

/** Turns columns into rows. */
function transpose<T>(values: readonly T[], rows: number, columns: number): T[] {
  return Array.from({ length: values.length }, (_, at) => values[(at % columns) * rows + Math.floor(at / columns)]!);
}
