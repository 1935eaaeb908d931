import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { root } from '../paths.js';

/** The command line as the pages show it. */
export interface CommandLine {
  /** Makes the program; what it prints goes to `write`. */
  createProgram(write?: (text: string) => void): Command;
  /** What commands such as `models` print, by their names. */
  readonly explanations: ReadonlyMap<string, string>;
}

/** As `packages/cli` declares it. */
type CreateProgram = (context: {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly out: { write(text: string): unknown; readonly columns: number; readonly isTTY: boolean };
  readonly err: { write(text: string): unknown };
}) => Command;

/** Pages show code in so many columns without scrolling. */
const columns = 76;

/** Reads the command line from its source, which no package exports, and runs the commands that explain components. */
export async function readCommandLine(): Promise<CommandLine> {
  const source = pathToFileURL(join(root, 'packages/cli/src/program.ts')).href;
  const module = (await import(source)) as { readonly createProgram: CreateProgram };
  const createProgram: CommandLine['createProgram'] = (write = () => {}) =>
    module.createProgram({
      cwd: root,
      signal: new AbortController().signal,
      out: { write, columns, isTTY: true },
      err: { write: () => {} },
    });
  const explanations = new Map<string, string>();
  for (const name of [
    'models',
    'losses',
    'negatives',
    'splits',
    'filters',
    'metrics',
    'embeddings',
    'samplers',
    'pruners',
  ]) {
    let text = '';
    const program = createProgram((part) => {
      text += part;
    });
    await program.parseAsync([name], { from: 'user' });
    explanations.set(name, text.trimEnd());
  }
  return { createProgram, explanations };
}
