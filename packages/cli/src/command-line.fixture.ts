import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execute } from './run-command-line.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLine {
  /** A folder of its own, in which commands run. */
  readonly folder: string;
  /**
   * A table of 53 users with two tastes: even ones like even items, odd ones odd items; 53 × 7 interactions with 31
   * items.
   */
  readonly file: string;
  /** Runs a command in this process. */
  footlight(...args: readonly string[]): Promise<Ended>;
  /** Runs a command in another folder. */
  runIn(cwd: string, ...args: readonly string[]): Promise<Ended>;
  /** Runs a command in a folder until the signal is aborted. */
  runUntil(signal: AbortSignal | undefined, cwd: string, ...args: readonly string[]): Promise<Ended>;
  /** Arguments of `footlight run` on the table, with results in a folder of that name; the last of an option counts. */
  runTable(results: string, ...more: readonly string[]): string[];
  /** Path of the only file (or folder) of a folder of results whose name begins like this; waits until there is one. */
  find(results: string, beginning: string): Promise<string>;
  remove(): Promise<void>;
}

export async function createCommandLine(terminal?: { readonly columns: number }): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'footlight-cli-'));
  const file = join(folder, 'likes.csv');
  const lines = Array.from({ length: 53 * 7 }, (_, row) => {
    const [user, k] = [Math.floor(row / 7), row % 7];
    return `u${user},item ${2 * ((3 * user + 2 * k) % 15) + (user % 2)},${1 + (row % 5)},${row}`;
  });
  await writeFile(file, `${['userId,movieId,rating,timestamp', ...lines].join('\n')}\n`);
  const runUntil: CommandLine['runUntil'] = async (signal = new AbortController().signal, cwd, ...args) => {
    const [out, err] = [collect(terminal), collect()];
    const code = await execute(args, { cwd, signal, out, err });
    // Names of own experiments end with a hash that depends on the folder.
    const clean = (text: string): string =>
      text.replaceAll(folder, '…').replace(/(\bown\/[\w.-]+)-[0-9a-f]{8}\b/g, '$1-…');
    return { code, stdout: clean(out.text()), stderr: clean(err.text()) };
  };
  return {
    folder,
    file,
    runUntil,
    runIn: (cwd, ...args) => runUntil(undefined, cwd, ...args),
    footlight: (...args) => runUntil(undefined, folder, ...args),
    runTable(results, ...more) {
      const columns = ['--table', file, '--user', 'userId', '--item', 'movieId'];
      return ['run', ...replaceEarlier([...columns, '--backend', 'cpu', '--results', join(folder, results), ...more])];
    },
    async find(results, beginning) {
      const [parent, start] = [join(folder, results, dirname(beginning)), basename(beginning)];
      for (;;) {
        const names = existsSync(parent) ? readdirSync(parent) : [];
        const found = names.find((name) => name.startsWith(start) && !/\.lock|\.values\.json$|\.part$/.test(name));
        if (found) return join(parent, found);
        await wait(10);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Leaves out options with a value that are given again later. */
function replaceEarlier(args: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const name = args[at]!;
    const isRepeated =
      !['--filter', '--metric', '--intended-use', '--limits'].includes(name) && args.indexOf(name, at + 1) >= 0;
    if (name.startsWith('--') && isRepeated) at++;
    else kept.push(name);
  }
  return kept;
}

function collect(terminal?: { readonly columns: number }) {
  const texts: string[] = [];
  return {
    write: (text: string) => texts.push(text),
    text: () => texts.join(''),
    ...(terminal ? { isTTY: true, columns: terminal.columns } : {}),
  };
}
