import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPackages } from '@footlight/tooling-structure/browser-packages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers.js';

describe('bundles for browsers', () => {
  // Inside of this workspace, so that its dependencies are found.
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.bundles-', import.meta.url)));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.entries(bundlers))(
    'are built by %s without a polyfill or a warning',
    async (name, bundle) => {
      const entry = join(folder, `${name}.js`);
      const modules = [...browserPackages, 'kernels/wasm']; // a page may import the kernels beside the engine
      const lines = modules.map((each, at) => `export * as part${at} from '@footlight/${each}';`);
      await writeFile(entry, lines.join('\n'));
      const { code, problems } = await bundle(entry);
      expect(problems).toEqual([]);
      expect(code.match(/\b(from|import|require)\s*\(?\s*["'](node:[^"']*)/)?.[2]).toBeUndefined();
      expect(code.length).toBeGreaterThan(1e5);
    },
    120_000,
  );
});
