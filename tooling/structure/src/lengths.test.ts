import { describe, expect, it } from 'vitest';
import { findLongFilesAndLines } from './lengths.js';

const lines = (count: number, first = 'x;'): string => `${[first, ...Array(count - 1).fill('x;')].join('\n')}\n`;
const find = (text: string, path = 'a.ts'): string[] => findLongFilesAndLines({ path, text });

describe('findLongFilesAndLines', () => {
  it('reports files of more than 200 lines without a reason', () => {
    expect(find(lines(200))).toEqual([]);
    expect(find(lines(201))).toMatchInlineSnapshot(`
      [
        "a.ts: expected at most 200 lines, received 201. Split it by concern, or begin it with \`// structure: \` and the reason why it is longer.",
      ]
    `);
    expect(find(lines(201, '// structure: one table of all cases'))).toEqual([]);
    expect(find(lines(201, '// structure:'))).toHaveLength(1);
    expect(find(lines(201, '#!/usr/bin/env python3\n# structure: one reference model'), 'a.py')).toEqual([]);
    expect(find(lines(201), 'a.md')).toEqual([]);
  });

  it('reports lines of more than 120 columns', () => {
    expect(find('x'.repeat(120))).toEqual([]);
    expect(find('é'.repeat(120))).toEqual([]);
    expect(find(`\n${'x'.repeat(121)}`)).toMatchInlineSnapshot(`
      [
        "a.ts:2: expected at most 120 columns, received 121. Break the line.",
      ]
    `);
    expect(find('x'.repeat(121), 'a.md')).toEqual([]);
  });

  it('allows equations, long addresses, and snapshots that vitest writes', () => {
    expect(find(`// $$ ${'x'.repeat(121)} $$`)).toEqual([]);
    expect(find(`// @source https://${'x'.repeat(121)}`)).toEqual([]);
    expect(find(`// ${'x'.repeat(80)} https://a.example/${'x'.repeat(40)}`)).toHaveLength(1);
    const snapshot = `expect(1).toMatchInlineSnapshot(\n\`${'x'.repeat(121)}\`)`;
    expect(find(snapshot, 'a.test.ts')).toEqual([]);
    expect(find(`const a =\n\`${'x'.repeat(121)}\`; // InlineSnapshot`, 'a.test.ts')).toHaveLength(1);
  });
});
