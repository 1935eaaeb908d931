import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CommandLine, createCommandLine, type Ended } from './command-line.fixture.js';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), cli];

/** The command line in a folder of its own, some of it in processes that a test ends. */
export interface EndedCommands extends CommandLine {
  /** Starts a command, by default in Node. */
  start(
    args: readonly string[],
    program?: readonly string[],
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
}

export async function createEndedCommands(): Promise<EndedCommands> {
  const line = await createCommandLine();
  const children: ChildProcess[] = [];
  return {
    ...line,
    start(args, [program, ...before] = [process.execPath]) {
      const options: SpawnOptions = { cwd: line.folder, stdio: ['ignore', 'pipe', 'pipe'] };
      const child = spawn(program!, [...before, ...flags, ...args], options);
      children.push(child);
      const texts = [child.stdout!, child.stderr!].map((stream) => stream.setEncoding('utf8').toArray());
      const code = new Promise<number | null>((resolve) => child.on('close', resolve));
      const ended = Promise.all([code, ...texts]).then(([code, out, err]) => ({
        code,
        stdout: (out as string[]).join(''),
        stderr: (err as string[]).join(''),
      }));
      return { child, ended };
    },
    remove() {
      for (const child of children) child.kill('SIGKILL'); // those that a failed test has left
      return line.remove();
    },
  };
}

export const isLock = (name: string): boolean => name.endsWith('.lock');

export async function waitForFile(path: string): Promise<void> {
  while (!existsSync(path)) await wait(10);
}
