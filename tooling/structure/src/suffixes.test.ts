import { describe, expect, it } from 'vitest';
import { findForbiddenSuffixes } from './suffixes.js';

const find = (text: string, path = 'a.ts'): string[] => findForbiddenSuffixes({ path, text });

describe('findForbiddenSuffixes', () => {
  it.each([
    'function rowsOf() {}',
    'const rowsOf = () => 1;',
    'const idOf = new Map();',
    'const a = { rowsOf() {} };',
    'const a = { rowsOf: () => 1 };',
    'interface A { rowsOf(user: number): number; }',
    'interface A { rowsOf: (user: number) => number; }',
    'const f = (rowsOf: (user: number) => number) => 1;',
    'class A { rowsOf() {} }',
  ])('reports %s', (text) => expect(find(text)).toHaveLength(1));

  it.each(['[1].indexOf(1);', "interface A { outOf: 'relevant' }", 'const { outOf } = options;', 'const rowsOff = 1;'])(
    'allows %s',
    (text) => expect(find(text)).toEqual([]),
  );

  it('names the line', () => {
    expect(find('\nfunction rowsOf() {}')).toMatchInlineSnapshot(`
      [
        "a.ts:2: expected a name that begins with a verb, received \`rowsOf\`.",
      ]
    `);
  });

  it('reads Python', () => {
    expect(find('def rows_of(x):\n    return x\nids_of = lambda x: x\nroof = proof(1)', 'a.py')).toHaveLength(2);
  });
});
