import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { RecsysError } from '@footlight/core';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';

export interface CheckLinesOptions<T> {
  /** What a line holds, for errors. */
  readonly what: string;
  /** The value of a line; `undefined` if the model does not know it. */
  readonly parse: (text: string, line: number) => T | undefined;
  /** Whether unknown lines are left out, and listed on the error output. */
  readonly skipUnknown: boolean;
  /** Whether the first line is a header. Default false. */
  readonly header?: boolean;
}

/** A line that the model knows. */
export interface KnownLine<T> {
  /** From 1. */
  readonly line: number;
  readonly value: T;
}

/** A file that was checked. */
export interface CheckedLines<T> {
  /** Number of known lines. */
  readonly count: number;
  /** Reads the known lines again, one at a time. */
  read(): AsyncGenerator<KnownLine<T>>;
}

const listed = 10;

/**
 * Checks a file line by line, before anything is written. Empty lines are ignored.
 *
 * @throws {RecsysError} `file-not-found`; `invalid-data` with the lines that the model does not know, unless they are
 *   skipped
 */
export async function checkLines<T>(
  path: string,
  { what, parse, skipUnknown, header = false }: CheckLinesOptions<T>,
  { err }: Pick<Context, 'err'>,
): Promise<CheckedLines<T>> {
  async function* read(onUnknown?: (line: number, text: string) => void): AsyncGenerator<KnownLine<T>> {
    let line = 0;
    for await (const raw of openLines(path)) {
      line++;
      const text = raw.trim();
      if (text === '' || (header && line === 1)) continue;
      const value = parse(text, line);
      if (value === undefined) onUnknown?.(line, text);
      else yield { line, value };
    }
  }
  const examples: string[] = [];
  let [count, unknown] = [0, 0];
  const note = (line: number, text: string) => {
    if (unknown++ < listed) examples.push(`line ${line}: ${text}`);
  };
  for await (const _ of read(note)) count++;
  if (unknown > 0) {
    const more = unknown > listed ? `; and ${unknown - listed} more` : '';
    const found = `${unknown} unknown (${examples.join('; ')}${more})`;
    if (!skipUnknown)
      throw new RecsysError(
        'invalid-data',
        `${basename(path)}: expected ${what}, received ${found}. Leave them out with --skip-unknown.`,
      );
    printNote(err, `${basename(path)}: left out ${found}.`);
  }
  if (count === 0) throw new RecsysError('invalid-data', `${basename(path)}: expected ${what}, received none.`);
  return { count, read };
}

/** The first line of a file. */
export async function readFirstLine(path: string): Promise<string> {
  for await (const line of openLines(path)) return line;
  return '';
}

/** The longest line that is read, in characters. */
const longestLine = 2 ** 24;

/** Passes on the text of a file, unless it has a line without end, as a device may. */
async function* limitLines(chunks: AsyncIterable<string>, path: string): AsyncGenerator<string> {
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf('\n');
    length = end === -1 ? length + chunk.length : chunk.length - end - 1;
    if (length > longestLine)
      throw new RecsysError(
        'invalid-data',
        `${basename(path)}: expected lines of at most ${longestLine} characters, received a longer one.`,
      );
    yield chunk;
  }
}

async function* openLines(path: string): AsyncGenerator<string> {
  const input = Readable.from(limitLines(createReadStream(path, 'utf8'), path));
  try {
    let first = true;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      yield first ? line.replace(/^\uFEFF/, '') : line;
      first = false;
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined || cause instanceof RecsysError) throw cause;
    const [missing, folder] = [code === 'ENOENT', code === 'EISDIR'];
    const received = missing ? 'none. Check the path' : folder ? 'a folder' : `the error "${message}"`;
    throw new RecsysError(
      missing ? 'file-not-found' : 'read-failed',
      `${basename(path)}: expected a file at ${path}, received ${received}.`,
      { cause },
    );
  } finally {
    input.destroy();
  }
}
