import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listEntryPoints, type PublishedPackage } from './published-packages.js';
import { runModule } from './run-module.js';

const smoke = fileURLToPath(new URL('../smoke', import.meta.url));

/** Imports the installed package in a process of its own and makes its smallest call. @returns what went wrong */
export async function runSmokeCall({ folder, manifest }: PublishedPackage, project: string): Promise<string[]> {
  const call = join(smoke, `${basename(folder)}.mjs`);
  if (!existsSync(call)) return [`expected its smallest call in ${call}, received none. Write one of three lines.`];
  const program = [`import '${manifest.name}';`, readFileSync(call, 'utf8')].join('\n');
  return (await runModule(program, project)).problems;
}

/** Imports its further entry points, save for `testing`, which runs inside vitest alone. @returns what went wrong */
export async function importFurtherEntryPoints({ manifest }: PublishedPackage, project: string): Promise<string[]> {
  const further = listEntryPoints(manifest).filter((path) => path !== manifest.name && !path.endsWith('/testing'));
  return (await runModule(further.map((path) => `import '${path}';`).join('\n'), project)).problems;
}
