import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { root } from '../paths.js';

/** Makes the command line, of which nothing is run here. */
export type CreateProgram = () => Command;

/** Reads the command line from its source; no package exports it. */
export async function readProgram(): Promise<CreateProgram> {
  const module = (await import(pathToFileURL(join(root, 'packages/cli/src/program.ts')).href)) as {
    readonly program: (signal: AbortSignal) => Command;
  };
  return () => module.program(new AbortController().signal);
}
