import { describe, expect, it } from 'vitest';
import { fenced, fillSections, table } from './sections.js';

describe('fillSections', () => {
  const text = 'Before\n<!-- example: a.ts -->\nold\n<!-- end -->\nbetween\n<!-- results -->\nkept\n<!-- end -->\n';

  it('writes what it is given and keeps the rest', () => {
    const filled = fillSections(text, ({ kind, argument }) => (kind === 'example' ? `new ${argument}` : undefined));
    expect(filled).toBe(
      'Before\n<!-- example: a.ts -->\nnew a.ts\n<!-- end -->\nbetween\n<!-- results -->\nkept\n<!-- end -->\n',
    );
  });

  it('gives the same text when it is run again', () => {
    const fill = (): string => '$& and $1';
    expect(fillSections(fillSections(text, fill), fill)).toBe(fillSections(text, fill));
  });
});

describe('fenced', () => {
  it('ends where the text ends', () => expect(fenced('ts', 'a\n\n')).toBe('```ts\na\n```'));
});

describe('table', () => {
  it('keeps a bar inside a cell', () =>
    expect(table(['a', 'b'], [['1', 'x | y']])).toBe('| a | b |\n| --- | --- |\n| 1 | x \\| y |'));
});
