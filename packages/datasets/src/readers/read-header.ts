import { RecsysError } from '@footlight/core';
import { NEWLINE, RETURN } from './character-codes.js';
import { createFieldBounds, decodeField, type FieldEnds, findField } from './find-field.js';

/** Each column needs memory for a block of its values. */
const MOST_COLUMNS = 10_000;

/** The beginning of a delimited file. */
export interface Header {
  readonly names: readonly string[];
  /** Whether the first line ends in `\r\n`. */
  readonly crlf: boolean;
  /** Length of the header with its end, or of the byte order mark of a file without a header. */
  readonly bytes: number;
  /** The line of the file after the header, from 1. */
  readonly nextLine: number;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads the names of the columns from the first line that is not empty.
 *
 * @param given names of the columns of a file without a header
 * @returns undefined if the lines end inside quotation marks: more of them are needed
 * @throws {RecsysError} `invalid-data` if quotation marks are broken, or the file has a header although names are given
 */
export function readHeader(
  fileName: string,
  lines: Uint8Array,
  ends: FieldEnds,
  given?: readonly string[],
): Header | undefined {
  const markBytes = BYTE_ORDER_MARK.every((byte, at) => lines[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  let from = markBytes;
  let line = 1;
  while (lines[from] === NEWLINE || (lines[from] === RETURN && lines[from + 1] === NEWLINE)) {
    from += lines[from] === NEWLINE ? 1 : 2;
    line++;
  }
  if (from >= lines.length && !given) return undefined;
  const crlf = lines[lines.indexOf(NEWLINE, from) - 1] === RETURN;
  if (!given) assertNoJson(fileName, line, lines.subarray(from, from + 64));
  const names: string[] = [];
  const field = createFieldBounds();
  for (field.next = from, field.endsRow = from >= lines.length; !field.endsRow; ) {
    const problem = findField(lines, field.next, ends, field);
    if (problem === 'cut') return given ? { names: given, crlf, bytes: markBytes, nextLine: 1 } : undefined;
    if (problem && problem !== 'enclosed' && !given) failHeader(fileName, line, problem);
    if (problem === 'enclosed' && !given)
      fail(
        fileName,
        line,
        'names of columns without quotation marks around them',
        decodeField(lines, field),
        'Set quotes: true if they enclose fields as in CSV, or quotes: false if they belong to the names.',
      );
    if (problem) return { names: given!, crlf, bytes: markBytes, nextLine: 1 };
    names.push(decodeField(lines, field));
    if (names.length > MOST_COLUMNS) fail(fileName, line, `at most ${MOST_COLUMNS} columns`, 'more', 'Is it a table?');
    line += field.lineEnds;
  }
  if (!given) return { names, crlf, bytes: field.next, nextLine: line + 1 };
  if (names.length === given.length && names.every((name, at) => name === given[at]))
    fail(
      fileName,
      line,
      'a file without a header',
      names.join(', '),
      'Leave header out: the first line has the names.',
    );
  return { names: given, crlf, bytes: markBytes, nextLine: 1 };
}

function assertNoJson(fileName: string, line: number, bytes: Uint8Array): void {
  const [first = ''] = new TextDecoder().decode(bytes).split(/[\r\n]/);
  if (!/^\s*(\{\s*"|\[\s*["{[])/.test(first)) return;
  const received = `JSON (${first.length > 40 ? `${first.slice(0, 40)}…` : first})`;
  fail(fileName, line, 'names of columns', received, "Set format: 'json-lines'.");
}

function failHeader(fileName: string, line: number, problem: string): never {
  if (problem === 'carriage-return')
    return fail(
      fileName,
      line,
      'line ends \\n or \\r\\n',
      'a carriage return (\\r) without \\n',
      'Write all line ends alike.',
    );
  return fail(
    fileName,
    line,
    'matching quotation marks in the names of the columns',
    problem === 'text-after-quote' ? 'text after a closing one' : 'blanks before an opening one',
    'Correct the line, or set quotes: false if they are characters like others.',
  );
}

function fail(fileName: string, line: number, expected: string, received: string, hint: string): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${line}): expected ${expected}, received ${received}. ${hint}`,
  );
}
