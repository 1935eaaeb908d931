import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** The header of a tensor file: texts under `__metadata__`, and the tensors. */
export type ForgedHeader = { __metadata__: Record<string, string> } & Record<
  string,
  { dtype: string; shape: number[]; data_offsets: number[] }
>;

/** Writes a changed copy of a tensor file whose checksum is correct, as a stranger could. */
export function forgeFile(path: string, forged: string, change: (header: ForgedHeader) => void): void {
  const bytes = readFileSync(path);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, start)) as ForgedHeader;
  change(header);
  const { __metadata__, ...tensors } = header;
  const zeros = '0'.repeat(64);
  const text = JSON.stringify({ __metadata__: { ...__metadata__, sha256: zeros }, ...tensors });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)), 0);
  const whole = Buffer.concat([length, Buffer.from(text), bytes.subarray(start)]);
  whole.write(createHash('sha256').update(whole).digest('hex'), whole.indexOf(zeros));
  writeFileSync(forged, whole);
}

/** Changes an object that the metadata hold as JSON. */
export function changeJson<T>(header: ForgedHeader, name: string, change: (value: T) => void): void {
  const value = JSON.parse(header.__metadata__[name]!) as T;
  change(value);
  header.__metadata__[name] = JSON.stringify(value);
}

/** Copies of a file with one bit flipped: `count` in its header, then `count` after it. */
export function* flipBits(bytes: Buffer, count: number): Generator<{ readonly flipped: Buffer; readonly at: number }> {
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  for (const [from, to] of [[0, start] as const, [start, bytes.length] as const])
    for (let flip = 0; flip < count; flip++) {
      const bit = Math.floor(((flip + 0.5) / count) * (to - from) * 8); // spread evenly
      const flipped = Buffer.from(bytes);
      const at = from + (bit >> 3);
      flipped[at]! ^= 1 << (bit & 7);
      yield { flipped, at };
    }
}
