import type { Options } from 'tsup';

/**
 * The build of every package: ESM and types from the entries named (default `src/index.ts`), and from the files that
 * `#platform/…` imports.
 */
export declare function library(entry?: string[], more?: Options): Options;
