import { defineConfig } from 'tsup';

export function library(entry = ['src/index.ts'], more = {}) {
  return defineConfig({
    entry,
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    removeNodeProtocol: false, // `node:fs` stays `node:fs`: bundlers and other runtimes tell it from a package of that name
    ...more,
  });
}
