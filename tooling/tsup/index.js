import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'tsup';

export function library(entry = ['src/index.ts'], more = {}) {
  return defineConfig({
    entry: nameEntries([...entry, ...listPlatformFiles()]),
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    removeNodeProtocol: false, // other runtimes, and bundlers, know `node:fs` only
    external: [/^#platform\//], // one of two files, by the export condition `browser`
    ...more,
  });
}

/** Entries by the name of their output: `src/testing/index.ts` becomes `testing/index`. */
function nameEntries(files) {
  return Object.fromEntries(
    files.map((file) => [relative('src', file).replace(/\.ts$/, '').replaceAll('\\', '/'), file]),
  );
}

/** The files `x.browser.ts`, and those beside them, `x.ts`, which run in Node. */
function listPlatformFiles() {
  return readdirSync('src', { recursive: true })
    .filter((name) => name.endsWith('.browser.ts'))
    .flatMap((name) => [join('src', name), join('src', name.replace(/\.browser\.ts$/, '.ts'))]);
}
