import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { root } from '../paths.js';

/** Makes the command line, of which nothing is run here. */
export type CreateProgram = () => Command;

/** Reads the command line from its source; no package exports it. */
export async function readProgram(): Promise<CreateProgram> {
  const module = (await import(pathToFileURL(join(root, 'packages/cli/src/program.ts')).href)) as {
    readonly createProgram: (context: object) => Command;
  };
  const output = { write: () => true, columns: 100 };
  return () => module.createProgram({ cwd: root, signal: new AbortController().signal, out: output, err: output });
}
