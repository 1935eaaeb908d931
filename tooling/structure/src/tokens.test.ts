import { describe, expect, it } from 'vitest';
import { readTokens } from './tokens.js';

const read = (path: string, lines: string[]): string[] =>
  readTokens(path, lines.join('\n')).map(({ kind, text, line }) => `${line} ${kind} ${text}`);

describe('readTokens', () => {
  it('splits TypeScript into identifiers, comments and strings', () => {
    expect(
      read('a.ts', [
        '#!/usr/bin/env node',
        '/** Adds. */',
        "const a = b('// text'); // why",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
        'const c = `x ${a /* inside */} y`;',
        '/re/u.test(c);',
      ]),
    ).toEqual([
      '2 comment /** Adds. */',
      '3 identifier a',
      '3 identifier b',
      "3 string '// text'",
      '3 comment // why',
      '4 identifier c',
      '4 string `x ${',
      '4 identifier a',
      '4 comment /* inside */',
      '4 string } y`',
      '5 identifier test',
      '5 identifier c',
    ]);
  });

  it('splits Python into identifiers, comments and strings', () => {
    expect(read('a.py', ['"""Adds', 'two."""', 'x = f("# no", 1e5)  # why'])).toEqual([
      '1 string """Adds\ntwo."""',
      '3 identifier x',
      '3 identifier f',
      '3 string "# no"',
      '3 comment # why',
    ]);
  });

  it('reads Markdown as prose, and the identifiers of its code blocks', () => {
    expect(read('a.md', ['Text', '```ts', '// why', "const a = 'b';", '```', '```sh', 'npm start', '```'])).toEqual([
      "1 prose Text\n```ts\n// why\nconst a = 'b';\n```\n```sh\nnpm start\n```",
      '4 identifier a',
    ]);
  });
});
