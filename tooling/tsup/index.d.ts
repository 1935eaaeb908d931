import type { Options } from 'tsup';

/** The build of every package: ESM and types from the entries named (default `src/index.ts`). */
export declare function library(entry?: string[], more?: Options): Options;
