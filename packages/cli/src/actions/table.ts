import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { invalid, RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import {
  formatClaims,
  formatCommands,
  formatNeverRun,
  formatResultsCsv,
  formatResultTables,
  groupByProtocol,
  type NeverRun,
  openResultsFolder,
  type ResultGroup,
  readStoredValues,
  type StoredResult,
  testClaims,
} from '@footlight/report';
import type { Context } from '../context.js';
import { findProject, type ProjectOptions } from '../project/find-project.js';
import { loadClaims } from '../project/load-claims.js';
import { printMarkdown } from '../terminal/print.js';
import { findNeverRun } from './find-never-run.js';
import { listOptionalColumns } from './run.js';
import { assertOutputs } from './write-output.js';

export interface TableOptions extends ProjectOptions {
  readonly into?: string;
  readonly csv?: true;
  readonly markdown?: true;
}

/** `footlight table`: prints tables of stored results, or writes them into a file. */
export async function table(
  names: readonly string[],
  { into, csv, markdown, ...options }: TableOptions,
  context: Context,
): Promise<void> {
  if (csv && into !== undefined)
    invalid('footlight table', '--csv or --into', 'both', 'Redirect the output: footlight table --csv > results.csv');
  const { cwd, out } = context;
  await assertOutputs([into], context);
  const project = await findProject(cwd, options);
  const folder = openResultsFolder(project.results);
  const results = await folder.read(names.length > 0 ? names : undefined);
  if (results.length === 0)
    invalid('footlight table', `results in ${project.results}`, 'none', 'Run an experiment first: footlight run.');
  const neverRun = names.length > 0 ? [] : await findNeverRun(project, results);
  if (csv) return void out.write(formatResultsCsv(results, neverRun));
  // Experiments that are named are to be compared, so they go into one table or none.
  const groups = names.length > 0 ? [results as unknown as ResultGroup<StoredResult>] : groupByProtocol(results);
  const formatTested = async () => {
    const claims = names.length > 0 ? [] : await loadClaims(project, results);
    if (claims.length === 0) return '';
    return formatClaims(testClaims(claims, { results, values: await readStoredValues(results, folder), neverRun }));
  };
  if (into !== undefined) return replaceSection(resolve(cwd, into), formatPage(groups, neverRun, await formatTested()));
  const text = [formatResultTables(groups), formatNeverRun(neverRun)].filter((part) => part !== '').join('\n\n');
  printMarkdown(out, text, { markdown, optional: listOptionalColumns(results) });
}

/** Tested claims; tables, below each the commands that measured it; then the experiments that were never run. */
function formatPage(
  groups: readonly ResultGroup<StoredResult>[],
  neverRun: readonly NeverRun[],
  claims: string,
): string {
  const tables = groups.map((group) => `${formatResultTables([group])}\n\nMeasured with:\n\n${formatCommands(group)}`);
  return [claims, ...tables, formatNeverRun(neverRun)].filter((part) => part !== '').join('\n\n');
}

const section = /(<!-- results -->\n)[\s\S]*?(<!-- end -->)/;

async function replaceSection(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new RecsysError('file-not-found', `footlight table --into: could not read ${path}: ${cause.message}.`, {
      cause,
    });
  });
  if (!section.test(before))
    invalid('footlight table --into', 'a file with the lines `<!-- results -->` and `<!-- end -->`', path);
  await writeFileAtomically(
    path,
    before.replace(section, (_, opening: string, closing: string) => `${opening}${text}\n${closing}`),
  );
}
