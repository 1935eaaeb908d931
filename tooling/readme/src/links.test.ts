import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenLinks } from './links.js';

describe('brokenLinks', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'links-'));
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'docs/b.md'), '# The `fit` loop, by hand\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const check = (text: string): string[] => {
    writeFileSync(join(root, 'a.md'), text);
    return brokenLinks(root, join(root, 'a.md'));
  };

  it('follows files, folders and headings', () => {
    expect(
      check(
        '# Top\n[1](docs/b.md) [2](docs/) [3](#top) [4](docs/b.md#the-fit-loop-by-hand) [5](https://nowhere.invalid/x)',
      ),
    ).toEqual([]);
  });

  it('names what leads nowhere', () => {
    expect(check('[1](docs/c.md) [2](#bottom)')).toMatchInlineSnapshot(`
      [
        "a.md: expected a link to something that exists, received docs/c.md.",
        "a.md: expected a link to something that exists, received #bottom.",
      ]
    `);
  });

  it('leaves code alone', () => {
    expect(check('`[1](x.md)`\n```\n[2](y.md)\n```\n')).toEqual([]);
  });
});
