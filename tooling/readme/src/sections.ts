/** The part of a page between `<!-- kind: argument -->` and `<!-- end -->`. */
export interface Section {
  readonly kind: string;
  readonly argument: string;
}

const section = /(<!-- ([a-z]+)(?:: (.+?))? -->\n)([\s\S]*?)(<!-- end -->)/g;

/** Writes the sections anew. A section for which `fill` returns nothing stays as it is: another command writes it. */
export function fillSections(text: string, fill: (section: Section) => string | undefined): string {
  return text.replace(
    section,
    (_, opening: string, kind: string, argument: string | undefined, content: string, closing: string) => {
      const written = fill({ kind, argument: argument ?? '' });
      return opening + (written === undefined ? content : `${written}\n`) + closing;
    },
  );
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
