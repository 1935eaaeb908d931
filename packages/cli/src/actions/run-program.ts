import { spawn } from 'node:child_process';
import { RecsysError } from '@footlight/core';

/** Runs a program in the folder of an installation. */
export type Run = (command: string, parameters: readonly string[]) => Promise<void>;

/**
 * Runs a program of an installation.
 *
 * @throws {RecsysError} `install-failed` or `wrong-checksum`
 */
export async function runProgram(
  command: string,
  parameters: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { code, stderr, error } = await startProgram(command, parameters, { cwd, signal });
  if (code === 0) return;
  if (error?.code === 'ENOENT')
    failToInstall(
      `expected ${command} on the PATH, received none. Install it and run this command again; finished steps are ` +
        'not repeated.',
      error,
    );
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const mismatch = /EINTEGRITY/.test(stderr) && lines.find((line) => /integrity checksum failed/.test(line));
  if (mismatch)
    throw new RecsysError(
      'wrong-checksum',
      'footlight doctor --install-tensorflow: expected the packages that npm publishes, received others ' +
        `(${mismatch.replace(/^npm (error|ERR!) /, '')}). Nothing of them was run. Check the registry that npm uses ` +
        'and its cache, and try again.',
    );
  const reason = findReason(lines) ?? error?.message ?? `it ended with exit code ${code}`;
  failToInstall(
    `${command} failed: ${reason}. Fix it and run this command again; finished steps are not repeated.`,
    error,
  );
}

/** The line that says why a program failed: warnings about attempts that are repeated come before it. */
function findReason(lines: readonly string[]): string | undefined {
  const isWarning = (line: string) => /^(npm )?warn/i.test(line);
  return (
    lines.find((line) => /^(npm )?err/i.test(line)) ??
    lines.find((line) => /error/i.test(line) && !isWarning(line)) ??
    lines.at(-1)
  );
}

export function failToInstall(what: string, cause?: unknown): never {
  throw new RecsysError('install-failed', `footlight doctor --install-tensorflow: ${what}`, { cause });
}

/** How a program ended. */
interface Step {
  /** The exit code; 1 where a signal ended the program. */
  readonly code: number;
  /** What it wrote to the error output. */
  readonly stderr: string;
  /** Why it could not be started. */
  readonly error?: NodeJS.ErrnoException;
}

/**
 * Runs a program in a folder. Aborting the signal ends it with all programs that it has started, which are in one
 * process group with it.
 *
 * @throws the reason of the signal, when the programs have ended
 */
async function startProgram(
  command: string,
  parameters: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<Step> {
  signal?.throwIfAborted();
  const group = process.platform !== 'win32';
  const child = spawn(command, parameters, {
    cwd,
    detached: group,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  const end = (): void => {
    try {
      if (!group || child.pid === undefined) child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    } catch {} // all have ended already
  };
  process.on('exit', end);
  signal?.addEventListener('abort', end);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const step = await new Promise<Step>((resolve) => {
    child.on('error', (error) => resolve({ code: 1, stderr, error }));
    child.on('close', (code) => resolve({ code: code ?? 1, stderr }));
  });
  process.off('exit', end);
  signal?.removeEventListener('abort', end);
  signal?.throwIfAborted();
  return step;
}
