import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryPoints, type Published } from './published.js';

const smoke = fileURLToPath(new URL('../smoke', import.meta.url));

/**
 * Imports the installed package in a process of its own and makes its smallest call (`smoke/<folder>.mjs`).
 *
 * @returns what went wrong; anything on stderr is wrong
 */
export function use({ folder, manifest }: Published, project: string): string[] {
  const call = join(smoke, `${folder.split(/[\\/]/).at(-1)}.mjs`);
  if (!existsSync(call)) return [`expected its smallest call in ${call}, received none. Write one of three lines.`];
  const imports = entryPoints(manifest).filter((path) => !path.endsWith('/testing')); // that one runs inside vitest alone
  const file = join(project, `${manifest.name.replace('/', '-')}.mjs`);
  writeFileSync(file, [...imports.map((path) => `import '${path}';`), readFileSync(call, 'utf8')].join('\n'));
  const { status, stderr } = spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8', env: { PATH: process.env.PATH } });
  return status === 0 && stderr === '' ? [] : [`expected exit code 0 and nothing on stderr, received ${status} and:\n${stderr}`];
}
