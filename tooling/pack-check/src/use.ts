import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryPoints, type Published } from './published.js';

const smoke = fileURLToPath(new URL('../smoke', import.meta.url));

/**
 * Imports the installed package in a process of its own and makes its smallest call (`smoke/<folder>.mjs`).
 *
 * @returns what went wrong; anything on stderr is wrong
 */
export function use({ folder, manifest }: Published, project: string): string[] {
  const call = join(smoke, `${basename(folder)}.mjs`);
  if (!existsSync(call)) return [`expected its smallest call in ${call}, received none. Write one of three lines.`];
  return run([`import '${manifest.name}';`, readFileSync(call, 'utf8')], project);
}

/** Imports its further entry points, save for `testing`, which runs inside vitest alone. @returns what went wrong */
export function useEntryPoints({ manifest }: Published, project: string): string[] {
  const further = entryPoints(manifest).filter((path) => path !== manifest.name && !path.endsWith('/testing'));
  return run(
    further.map((path) => `import '${path}';`),
    project,
  );
}

function run(lines: readonly string[], project: string): string[] {
  const file = join(project, 'use.mjs');
  writeFileSync(file, lines.join('\n'));
  const { status, stderr } = spawnSync(process.execPath, [file], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return status === 0 && stderr === ''
    ? []
    : [`expected exit code 0 and nothing on stderr, received ${status} and:\n${stderr}`];
}
