import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assertKnownExperiments } from '@footlight/report';
import type { Experiment } from '@footlight/trainer';

const folder = fileURLToPath(new URL('../../../apps/benchmarks/experiments/', import.meta.url));

/** Every row there is: the files of the folders under `experiments/`. What lies beside these folders is shared by their rows. */
export function rowNames(): string[] {
  const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups.flatMap(({ name: group }) => rowsOf(group).map((row) => `${group}/${row}`)).sort();
}

function rowsOf(group: string): string[] {
  return readdirSync(join(folder, group)).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
}

/**
 * The experiment of a row.
 *
 * @throws {RecsysError} `unknown-experiment`, naming rows of similar names
 */
export async function experimentOf(row: string): Promise<Experiment> {
  assertKnownExperiments([row], rowNames());
  const { default: experiment } = (await import(pathToFileURL(join(folder, `${row}.ts`)).href)) as {
    default: Experiment;
  };
  return experiment;
}
