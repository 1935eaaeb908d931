import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RecsysError } from '@footlight/core';
import type { Experiment } from '@footlight/trainer';
import { distance } from 'fastest-levenshtein';

const folder = fileURLToPath(new URL('../experiments/', import.meta.url));

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
 * @throws {RecsysError} `unknown-row`, naming rows of similar names
 */
export async function experimentOf(row: string): Promise<Experiment> {
  assertRows([row], rowNames());
  const { default: experiment } = (await import(pathToFileURL(join(folder, `${row}.ts`)).href)) as {
    default: Experiment;
  };
  return experiment;
}

/** @throws {RecsysError} `unknown-row` for the first that is not among `known` */
export function assertRows(rows: readonly string[], known: readonly string[]): void {
  const unknown = rows.find((row) => !known.includes(row));
  if (unknown === undefined) return;
  const close = closeTo(unknown, known);
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : 'See `footlight list`.';
  throw new RecsysError('unknown-row', `footlight: expected the name of a row, received ${unknown}. ${hint}`);
}

/** Names that differ by a few letters, or of which `name` is a part; at most three, closest first. */
export function closeTo(name: string, known: readonly string[]): string[] {
  const lower = name.toLowerCase();
  return known
    .map((each) => ({ each, away: each.includes(lower) ? 0 : distance(lower, each) }))
    .filter(({ each, away }) => away <= each.length / 3)
    .sort((one, other) => one.away - other.away)
    .slice(0, 3)
    .map(({ each }) => each);
}
