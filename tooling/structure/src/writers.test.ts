import { describe, expect, it } from 'vitest';
import { findOtherWriters } from './writers.js';

const find = (text: string, path = 'packages/a/src/b.ts'): string[] => findOtherWriters({ path, text });

describe('findOtherWriters', () => {
  it.each([
    `import { readFile, writeFile } from 'node:fs/promises';`,
    `import { writeFileSync as put } from 'fs';`,
    `import { createWriteStream } from 'node:fs';`,
    `import { open } from 'node:fs/promises';`,
    `import * as fs from 'node:fs';`,
    `import fs from 'node:fs';`,
  ])('reports %s', (text) => expect(find(text)).toHaveLength(1));

  it.each([
    `import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';`,
    `import { type FileHandle, mkdir, rename } from 'node:fs/promises';`,
    `import type { WriteStream } from 'node:fs';`,
    `import { writeFile } from './files.js';`,
  ])('allows %s', (text) => expect(find(text)).toEqual([]));

  it('leaves out tests, tools and the writer itself, and names what to use', () => {
    const text = `import { writeFile } from 'node:fs/promises';`;
    const others = ['packages/a/src/b.test.ts', 'packages/a/src/b.fixture.ts', 'tooling/a/src/b.ts'];
    for (const path of [...others, 'packages/core/src/files/write.ts']) expect(find(text, path)).toEqual([]);
    expect(find(text, 'apps/a/b.ts')).toMatchInlineSnapshot(`
      [
        "apps/a/b.ts: expected files to be written by @footlight/core/files, received writeFile of node:fs. Use writeFileAtomically or openFileWriter.",
      ]
    `);
  });
});
