import { toJsonLine, toMessage, toPrintableLines } from '@footlight/core';
import { getWidth, type Output } from '../context.js';
import { fitMarkdown } from './fit-markdown.js';

export interface PrintOptions {
  /** Print Markdown on a terminal too. */
  readonly markdown?: boolean | undefined;
  /** Titles of columns that a narrow terminal can do without, first ones first. */
  readonly optional?: readonly string[];
}

/** Prints Markdown: as it is where it is piped or asked for, as aligned columns on a terminal. */
export function printMarkdown(output: Output, text: string, { markdown, optional = [] }: PrintOptions = {}): void {
  const width = markdown ? undefined : getWidth(output);
  output.write(`${toPrintableLines(width === undefined ? text : fitMarkdown(text, width, optional))}\n`);
}

/** Prints a sentence. */
export function printNote(output: Output, text: string): void {
  output.write(`${toMessage(text)}\n`);
}

/** Prints one JSON object per line. */
export function printJson(output: Output, values: readonly unknown[]): void {
  for (const value of values) output.write(`${toJsonLine(value)}\n`);
}
