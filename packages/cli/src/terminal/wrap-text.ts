/**
 * Breaks a text into lines of at most `width` characters: at spaces, in words that are longer also after `/`, `-` and
 * `@`, else anywhere.
 *
 * @example
 * wrapText('mlstm4reco/ml-1m, not run', 12) // ['mlstm4reco/', 'ml-1m, not', 'run']
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const pieces = word.length <= width ? [word] : splitWord(word).flatMap((piece) => cut(piece, width));
    for (const [at, piece] of pieces.entries()) {
      const gap = at > 0 || line === '' ? '' : ' ';
      if (line !== '' && line.length + gap.length + piece.length > width) {
        lines.push(line);
        line = piece;
      } else line += gap + piece;
    }
  }
  return [...lines, line];
}

/** The parts between which a long word may be broken. */
export function splitWord(word: string): string[] {
  return word.split(/(?<=[/@-])/);
}

function cut(piece: string, width: number): string[] {
  return piece.length <= width ? [piece] : (piece.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [piece]);
}
