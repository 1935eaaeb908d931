import { describe, expect, it } from 'vitest';
import { readWholeLines } from './whole-lines.js';

async function readPieces(chunks: readonly string[], boundary?: () => number): Promise<string[]> {
  async function* encode(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  }
  const pieces: string[] = [];
  for await (const piece of readWholeLines(encode(), boundary)) pieces.push(new TextDecoder().decode(piece));
  return pieces;
}

describe('readWholeLines', () => {
  it('joins lines that are split between chunks', async () => {
    expect(await readPieces(['a\nb', 'c', 'd\ne\nf\ng', '\n'])).toEqual(['a\n', 'bcd\n', 'e\nf\n', 'g\n']);
  });

  it('ends the last line', async () => expect(await readPieces(['a\nb', 'c'])).toEqual(['a\n', 'bc\n']));

  it('has no pieces of an empty file', async () => expect(await readPieces([])).toEqual([]));

  it('ends a piece at the boundary', async () => {
    // bytes: a 0, b 2, c 4, d 6, e 8
    expect(await readPieces(['a\nb\nc\nd', '\ne\n'], () => 4)).toEqual(['a\nb\n', 'c\n', 'd\n', 'e\n']);
    expect(await readPieces(['a\nb', '\nc\nd\ne\n'], () => 6)).toEqual(['a\n', 'b\n', 'c\n', 'd\ne\n']);
  });

  it('continues in the same chunk if the boundary disappears', async () => {
    let boundary = 4;
    const pieces: string[] = [];
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('a\nb\nc\nd\n');
    }
    for await (const piece of readWholeLines(chunks(), () => boundary)) {
      pieces.push(new TextDecoder().decode(piece));
      boundary = Infinity;
    }
    expect(pieces).toEqual(['a\nb\n', 'c\nd\n']);
  });
});
