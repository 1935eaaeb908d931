import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A Python with the packages that a file of requirements names, made once in `folder`. @returns its path, or why there is none */
export function interpreter(
  folder: string,
  requirements: string,
): { readonly path: string } | { readonly reason: string } {
  const environment = join(folder, 'python');
  const path = join(environment, 'bin', 'python');
  const quietly = (program: string, ...args: string[]): void =>
    void execFileSync(program, args, { stdio: ['ignore', 2, 'inherit'] });
  try {
    if (!existsSync(path)) quietly('python3', '-m', 'venv', environment);
    quietly(path, '-m', 'pip', 'install', '--quiet', '--quiet', '--disable-pip-version-check', '-r', requirements);
    return { path };
  } catch (cause) {
    return { reason: (cause as Error).message };
  }
}
