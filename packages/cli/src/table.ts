import { readFile } from 'node:fs/promises';
import { invalid, RecsysError } from '@footlight/core';
import {
  formatResultTables,
  groupByProtocol,
  openResultsFolder,
  type ResultGroup,
  type StoredResult,
} from '@footlight/report';
import writeFileAtomic from 'write-file-atomic';

export interface TableCommandOptions {
  readonly results: string;
  readonly into?: string;
}

/** What `footlight table` does: prints tables of kept results, or writes them into a file. */
export async function tableCommand(
  rows: readonly string[],
  { results: folder, into }: TableCommandOptions,
): Promise<void> {
  const results = await openResultsFolder(folder).read(rows.length > 0 ? rows : undefined);
  if (results.length === 0) invalid('footlight table', 'results', 'none', 'Run `footlight run talk/popularity` first.');
  // Rows that are named are to be compared, so they go into one table or none.
  const text = formatResultTables(
    rows.length > 0 ? [results as unknown as ResultGroup<StoredResult>] : groupByProtocol(results),
  );
  if (into === undefined) process.stdout.write(`${text}\n`);
  else await writeInto(into, text);
}

const section = /(<!-- results -->\n)[\s\S]*?(<!-- end -->)/;

async function writeInto(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new RecsysError('file-not-found', `footlight table --into: could not read ${path}: ${cause.message}.`, {
      cause,
    });
  });
  if (!section.test(before))
    invalid('footlight table --into', 'a file with the lines `<!-- results -->` and `<!-- end -->`', path);
  await writeFileAtomic(
    path,
    before.replace(section, (_, opening: string, closing: string) => `${opening}${text}\n${closing}`),
  );
}
