import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where the output goes. Default `pipe`: to the caller. */
  readonly output?: 'pipe' | 'stderr';
}

/**
 * Runs a program until it ends; it ends with this process, too.
 *
 * @returns what it printed
 * @throws {Error} if it cannot be started, or ends with another exit code than 0
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { env = process.env, output = 'pipe' }: ProgramOptions = {},
): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', output === 'pipe' ? 'pipe' : 2, 'inherit'] });
  const kill = (): void => void child.kill();
  process.on('exit', kill);
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      code === 0 ? resolve(printed) : reject(new Error(`${program} ended with ${signal ?? `exit code ${code}`}.`)),
    );
  }).finally(() => process.off('exit', kill));
}
