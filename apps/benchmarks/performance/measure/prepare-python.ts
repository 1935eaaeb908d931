import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Prepares a Python environment with the packages of a requirements file, once per folder.
 *
 * @returns the path of its interpreter, or the reason why there is none
 */
export function preparePython(
  folder: string,
  requirements: string,
): { readonly path: string } | { readonly reason: string } {
  const environment = join(folder, 'python');
  const path = join(environment, 'bin', 'python');
  const execute = (program: string, ...args: string[]): void =>
    void execFileSync(program, args, { stdio: ['ignore', 2, 'inherit'] });
  try {
    if (!existsSync(path)) execute('python3', '-m', 'venv', environment);
    execute(path, '-m', 'pip', 'install', '--quiet', '--quiet', '--disable-pip-version-check', '-r', requirements);
    return { path };
  } catch (cause) {
    return { reason: (cause as Error).message };
  }
}
