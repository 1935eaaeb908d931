/** A measured figure that stands without what printed it. */
export interface UnsourcedFigure {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A decimal with so many digits was measured: `0.4116`, `.2106`, `22.92 s`. */
const inTables = /(?<![\w.])\d*\.\d{2,}(?!\w|\.\d)/g;
const inText = /(?<![\w.])\d*\.\d{4,}(?!\w|\.\d)/;

/** A command in a code span, a block of shell commands, a link to a script, or a comment that is expanded. */
const source = /`[^`\n]*\b(?:npx|npm run|footlight|python) [^`\n]*`|^```sh$|\]\([^)]*\.(?:py|ts)\)|<!-- [a-z]/m;

/**
 * Finds tables with measured figures in whose section no command or script stands, and paragraphs with measured figures
 * that name none themselves. Code, addresses and comments, which other checks fill or expand, are left out.
 */
export function findUnsourcedFigures(markdown: string): UnsourcedFigure[] {
  const found: UnsourcedFigure[] = [];
  let line = 1;
  for (const section of emptyBlocks(markdown).split(/^(?=#{1,6} )/m)) {
    const hasSource = source.test(section);
    for (const paragraph of section.split(/(\n{2,}|\n(?=- |\d+\. ))/)) {
      const prose = paragraph.replace(/`[^`\n]*`|<!--[\s\S]*?-->|https?:[^\s)>]*/g, '');
      const unsourced = /^\|/m.test(prose)
        ? (prose.match(inTables) ?? []).length > 2 && !hasSource
        : inText.test(prose) && !source.test(paragraph);
      if (unsourced) found.push({ line, text: paragraph.trim().split('\n')[0]! });
      line += paragraph.split('\n').length - 1;
    }
  }
  return found;
}

/** Empties the lines of code blocks; those with commands begin like blocks of shell commands. */
function emptyBlocks(markdown: string): string {
  return markdown.replace(/^```.*\n[\s\S]*?^```$/gm, (block) => {
    const hasCommand = /^```sh$|\b(?:npx|npm run|footlight|python) /m.test(block);
    return (hasCommand ? '```sh' : '```') + '\n'.repeat(block.split('\n').length - 1);
  });
}
