import { describe, expect, it } from 'vitest';
import { findBrowserViolations } from './browser-imports.js';
import { readSource } from './source.js';

const find = (files: Record<string, string>, folder = 'packages/engine'): string[] =>
  findBrowserViolations({
    folder,
    manifest: { name: '@footlight/engine' },
    sources: Object.entries(files).map(([path, text]) => readSource(`${folder}/src/${path}`, text)),
  });

describe('findBrowserViolations', () => {
  it('follows the files that a browser takes, and no others', () => {
    expect(
      find({
        'index.ts': `export { a } from './a.js'; import '#platform/deep/b';`,
        'a.ts': `import '@footlight/core';`,
        'deep/b.ts': `import 'node:fs'; import '@footlight/core/files';`,
        'deep/b.browser.ts': `export const b = 1;`,
        'a.test.ts': `import 'node:fs';`,
      }),
    ).toEqual([]);
  });

  it('names the file and the module of Node', () => {
    expect(
      find({
        'index.ts': `import '#platform/b';`,
        'b.ts': '',
        'b.browser.ts': `import './c.js';`,
        'c.ts': `import { open } from 'node:fs/promises'; import '@footlight/core/files';`,
      }),
    ).toMatchInlineSnapshot(`
      [
        "packages/engine/src/c.ts: expected no import of Node in a file that browsers run, received node:fs/promises. Move it to a file x.ts with an x.browser.ts beside it, and import #platform/x.",
        "packages/engine/src/c.ts: expected no import of Node in a file that browsers run, received @footlight/core/files. Move it to a file x.ts with an x.browser.ts beside it, and import #platform/x.",
      ]
    `);
  });

  it('leaves packages alone that run in Node only', () => {
    expect(find({ 'index.ts': `import 'node:fs';` }, 'packages/cli')).toEqual([]);
  });
});
