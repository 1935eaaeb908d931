import { RecsysError } from '@footlight/core';
import { failMissingColumn } from './find-column.js';
import { createCollectors, type InteractionColumns, type InteractionFile } from './interaction-columns.js';
import { openFile, type ReadOptions, readLines } from './source-file.js';

/**
 * Reads interactions from a file with one JSON object per line; empty lines are skipped.
 *
 * @throws {RecsysError} `invalid-data` with file, line and column of the first value that does not fit
 */
export async function readJsonLines(source: InteractionFile, options: ReadOptions): Promise<InteractionColumns> {
  const file = await openFile(source.path, options);
  const collectors = createCollectors(source, file.name);
  const names = Object.values(source.names);
  let row = 0;
  for await (const line of readLines(file)) {
    row++;
    if (line.trim() === '') continue;
    const fields = parseObject(line, file.name, row);
    names.forEach((name, at) => {
      if (row === 1 && !(name in fields)) failMissingColumn(name, Object.keys(fields), file.name);
      collectors.columns[at]!.add(fields[name], row);
    });
  }
  return collectors.take();
}

function parseObject(line: string, fileName: string, row: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // the error below names file and line
  }
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${row}): expected a JSON object, received ${line.slice(0, 40)}. Is it JSON-lines?`,
  );
}
