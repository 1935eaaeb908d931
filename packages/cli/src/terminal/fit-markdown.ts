import { fromMarkdownText } from '@footlight/core';
import { splitWord, wrapText } from './wrap-text.js';

/** A table as read from Markdown. */
interface Table {
  readonly titles: readonly string[];
  readonly alignments: readonly ('left' | 'right')[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Markdown for a terminal: tables become aligned columns within `width`, other lines are wrapped, backquotes go.
 *
 * A table that is too wide loses the columns of `optional`, first ones first; then cells are wrapped; what is still too
 * wide is shown row by row.
 */
export function fitMarkdown(markdown: string, width: number, optional: readonly string[] = []): string {
  const lines = markdown.split('\n');
  const fitted: string[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!lines[at]!.startsWith('|')) {
      fitted.push(...wrapLine(fromMarkdownText(lines[at++]!), width));
      continue;
    }
    const rest = lines.slice(at);
    const end = rest.findIndex((line) => !line.startsWith('|'));
    const table = end < 0 ? rest : rest.slice(0, end);
    fitted.push(...fitTable(readTable(table), width, optional));
    at += table.length;
  }
  return fitted.join('\n');
}

/** Lists and code keep their indent. */
function wrapLine(line: string, width: number): string[] {
  const indent = /^ */.exec(line)![0];
  return wrapText(line.slice(indent.length), width - indent.length).map((each) => (indent + each).trimEnd());
}

function readTable([head, rule, ...body]: readonly string[]): Table {
  return {
    titles: readCells(head!),
    alignments: readCells(rule!).map((dashes) => (dashes.endsWith(':') && !dashes.startsWith(':') ? 'right' : 'left')),
    rows: body.map(readCells),
  };
}

function readCells(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => fromMarkdownText(cell.trim()));
}

function fitTable(table: Table, width: number, optional: readonly string[]): string[] {
  const widths = measureColumns(table);
  if (sumWidths(widths) > width) {
    const dropped = optional.find((title) => table.titles.includes(title));
    if (dropped !== undefined) return fitTable(dropColumn(table, table.titles.indexOf(dropped)), width, optional);
  }
  const shrunk = shrink(widths, measureWords(table), width);
  return shrunk ? renderTable(table, shrunk) : renderRecords(table, width);
}

const gap = 2;
const sumWidths = (widths: readonly number[]): number =>
  widths.reduce((sum, each) => sum + each, 0) + gap * (widths.length - 1);

function measureColumns({ titles, rows }: Table): number[] {
  return titles.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
}

/** The longest part of a word in each column: narrower than that it is not wrapped. */
function measureWords({ titles, rows }: Table): number[] {
  const longest = (text: string) =>
    Math.max(
      ...text
        .split(' ')
        .flatMap(splitWord)
        .map((part) => part.length),
    );
  return titles.map((title, at) => Math.max(longest(title), ...rows.map((row) => longest(row[at]!))));
}

function dropColumn({ titles, alignments, rows }: Table, column: number): Table {
  const drop = <T>(list: readonly T[]): T[] => list.filter((_, at) => at !== column);
  return { titles: drop(titles), alignments: drop(alignments), rows: rows.map(drop) };
}

/** Takes from the widest column that can be wrapped until all fit; none if they cannot. */
function shrink(natural: readonly number[], least: readonly number[], width: number): number[] | undefined {
  const widths = [...natural];
  while (sumWidths(widths) > width) {
    const wide = widths.map((each, at) => (each > least[at]! ? each : 0));
    const widest = Math.max(...wide);
    if (widest === 0) return undefined;
    widths[wide.indexOf(widest)]!--;
  }
  return widths;
}

function renderTable({ titles, alignments, rows }: Table, widths: readonly number[]): string[] {
  const render = (cells: readonly string[]): string[] => {
    const wrapped = cells.map((cell, at) => wrapText(cell, widths[at]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, at) => {
          const text = lines[line] ?? '';
          return alignments[at] === 'right' ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
        })
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  };
  return [...render(titles), widths.map((each) => '─'.repeat(each)).join(' '.repeat(gap)), ...rows.flatMap(render)];
}

/** Each row as a heading and one line per further column. */
function renderRecords({ titles, rows }: Table, width: number): string[] {
  const indent = Math.max(...titles.map((title) => title.length)) + 4;
  return rows.flatMap(([heading, ...cells]) => [
    heading!,
    ...cells.flatMap((cell, at) =>
      wrapText(cell, Math.max(10, width - indent)).map(
        (line, number) => (number === 0 ? `  ${titles[at + 1]}`.padEnd(indent) : ' '.repeat(indent)) + line,
      ),
    ),
  ]);
}
