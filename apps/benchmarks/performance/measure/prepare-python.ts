import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.js';

/**
 * Prepares a Python environment with the packages of a requirements file, once per folder.
 *
 * @returns the path of its interpreter, or the reason why there is none
 */
export async function preparePython(
  folder: string,
  requirements: string,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  const environment = join(folder, 'python');
  const path = join(environment, 'bin', 'python');
  const execute = (program: string, ...args: string[]) => runProgram(program, args, { output: 'stderr' });
  try {
    if (!existsSync(path)) await execute('python3', '-m', 'venv', environment);
    await execute(
      path,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    );
    return { path };
  } catch (cause) {
    return { reason: (cause as Error).message };
  }
}
