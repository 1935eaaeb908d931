import { NEWLINE } from './character-codes.js';

/**
 * Cuts chunks of bytes into pieces of whole lines; a last line without an end gets one.
 *
 * @param boundary a byte of the file at which a piece has to end as well: the first byte of a line, or `Infinity`. It
 *   is read again before each piece; a boundary in an earlier piece has no effect.
 */
export async function* readWholeLines(
  chunks: AsyncIterable<Uint8Array>,
  boundary: () => number = () => Infinity,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0); // the beginning of a line whose end has not been read yet
  let chunkStart = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const next = boundary() - chunkStart;
      const limit = next > from ? Math.min(chunk.length, next) : chunk.length;
      const end = chunk.lastIndexOf(NEWLINE, limit - 1) + 1;
      if (end <= from) {
        rest = concatenateBytes(rest, chunk.subarray(from));
        break;
      }
      const to = rest.length > 0 ? chunk.indexOf(NEWLINE, from) + 1 : end;
      yield rest.length > 0 ? concatenateBytes(rest, chunk.subarray(from, to)) : chunk.subarray(from, to);
      rest = new Uint8Array(0);
      from = to;
    }
    chunkStart += chunk.length;
  }
  if (rest.length > 0) yield concatenateBytes(rest, Uint8Array.of(NEWLINE));
}

export function concatenateBytes(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
