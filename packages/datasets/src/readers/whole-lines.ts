import { NEWLINE } from './character-codes.js';

/**
 * Cuts chunks of bytes into pieces of whole lines; a last line without an end gets one.
 *
 * @param boundary a byte of the file at which a piece has to end as well: the first byte of a line, or `Infinity`. It
 *   is read again before each piece; a boundary in an earlier piece has no effect.
 * @param assertLength is called with the length of each line that goes on in the next chunk, and throws if it is long
 */
export async function* readWholeLines(
  chunks: AsyncIterable<Uint8Array>,
  boundary: () => number = () => Infinity,
  assertLength: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  // The beginning of a line whose end has not been read yet; its parts are joined once, when the end is there.
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let chunkStart = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const next = boundary() - chunkStart;
      const limit = next > from ? Math.min(chunk.length, next) : chunk.length;
      const end = chunk.lastIndexOf(NEWLINE, limit - 1) + 1;
      if (end <= from) {
        rest.push(chunk.subarray(from));
        restBytes += chunk.length - from;
        assertLength(restBytes);
        break;
      }
      const to = rest.length > 0 ? chunk.indexOf(NEWLINE, from) + 1 : end;
      yield rest.length > 0 ? concatenateBytes([...rest, chunk.subarray(from, to)]) : chunk.subarray(from, to);
      rest = [];
      restBytes = 0;
      from = to;
    }
    chunkStart += chunk.length;
  }
  if (rest.length > 0) yield concatenateBytes([...rest, Uint8Array.of(NEWLINE)]);
}

export function concatenateBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
