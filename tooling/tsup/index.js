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
    removeNodeProtocol: false, // other runtimes, and bundlers, know `node:fs` only
    ...more,
  });
}
