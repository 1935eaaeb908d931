/** A table in Markdown; the first column is aligned to the left, the others to the right. */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = headers.map((_, at) => (at === 0 ? 'left' : 'right')),
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headers), line(align.map((side) => (side === 'left' ? ':---' : '---:'))), ...rows.map(line)].join('\n');
}
