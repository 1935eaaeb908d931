import { RecsysError } from '@footlight/core';
import { isUtf8 } from '#platform/readers/decompress';
import { assertLineLength } from './file-limits.js';
import { failMissingColumn } from './find-column.js';
import { createCollectors, type InteractionColumns, type InteractionFile } from './interaction-columns.js';
import { openTableFile, type TableFileOptions } from './open-table-file.js';
import type { SourceFile } from './source-file.js';
import { failEncoding } from './text-encoding.js';
import { readWholeLines } from './whole-lines.js';

/**
 * Reads interactions from a file with one JSON object per line; empty lines are skipped.
 *
 * Numbers that a double would round are kept as texts, so that long ids stay exact.
 *
 * @throws {RecsysError} `invalid-data` with file, line and column of the first value that does not fit
 */
export async function readJsonLines(source: InteractionFile, options: TableFileOptions): Promise<InteractionColumns> {
  const file = await openTableFile(source.location, options);
  const collectors = createCollectors(source, file.name, 'line');
  for await (const { values, line } of readJsonRows(file, Object.values(source.names)))
    values.forEach((value, at) => void collectors.columns[at]!.add(value, line));
  return collectors.take();
}

/** A line with the values of some fields; undefined for one that it lacks. */
export interface JsonRow {
  readonly values: readonly unknown[];
  readonly line: number;
}

/** Reads some fields of a file with one JSON object per line. The first object has all of them. */
export async function* readJsonRows(file: SourceFile, names: readonly string[]): AsyncGenerator<JsonRow> {
  let line = 0;
  let isFirst = true;
  for await (const text of readTextLines(file)) {
    line++;
    if (text.trim() === '') continue;
    const fields = parseObject(text, file.name, line);
    const missing = isFirst && names.find((name) => !Object.hasOwn(fields, name));
    if (typeof missing === 'string') failMissingColumn(missing, Object.keys(fields), file.name);
    isFirst = false;
    yield { values: names.map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined)), line };
  }
  if (isFirst)
    throw new RecsysError('invalid-data', `${file.name}: expected rows, received an empty file. Is it complete?`);
}

/** The lines of a text file, without their ends. */
export async function* readTextLines(file: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let line = 1;
  const assertLength = (bytes: number): void => assertLineLength(file.name, line, bytes, file.limits);
  for await (const piece of readWholeLines(file.chunks, undefined, assertLength)) {
    const lines = decoder.decode(piece).split('\n').slice(0, -1);
    if (!isUtf8(piece)) {
      const broken = lines.findIndex((text) => text.includes('\uFFFD'));
      failEncoding(file.name, line + Math.max(broken, 0));
    }
    if (line === 1) lines[0] = lines[0]!.replace(/^\uFEFF/, '');
    yield* lines;
    line += lines.length;
  }
}

function parseObject(line: string, fileName: string, number: number): Record<string, unknown> {
  const start = line.trimStart();
  const received = start.length > 40 ? `${start.slice(0, 40)}…` : start;
  const fail = (what: string, hint: string): never => {
    const where = `${fileName} (line ${number})`;
    throw new RecsysError('invalid-data', `${where}: expected a JSON object, received ${what}. ${hint}`);
  };
  if (start.startsWith('['))
    fail(`a JSON array (${received.trimEnd()})`, "Write one object per line, e.g. with jq -c '.[]'.");
  if (start.trimEnd() === '{') fail('an object over several lines', "Write one object per line, e.g. with jq -c '.'.");
  try {
    const value: unknown = JSON.parse(quoteLongNumbers(line));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // the error below names file and line
  }
  return fail(received.trimEnd(), 'Is it JSON lines, with one object per line?');
}

/** Puts whole numbers of 16 and more digits into quotation marks, since `JSON.parse` may round them. */
function quoteLongNumbers(line: string): string {
  if (!/\d{16}/.test(line)) return line;
  return line.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}
