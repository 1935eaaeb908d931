import { invalid, RecsysError, toMarkdownText } from '@footlight/core';
import { compareExperiments, formatComparisonTable, openResultsFolder, type StoredResult } from '@footlight/report';
import { compareProtocols } from '@footlight/trainer';
import { markdownTable } from 'markdown-table';
import { type Context, getWidth } from '../context.js';
import { findProject, type ProjectOptions } from '../project/find-project.js';
import { fitMarkdown } from '../terminal/fit-markdown.js';
import { printJson, printMarkdown } from '../terminal/print.js';

export interface CompareOptions extends ProjectOptions {
  readonly json?: true;
  readonly markdown?: true;
}

/** `footlight compare`: tests two experiments against each other on the same users. */
export async function compare(
  one: string,
  other: string,
  { json, markdown, ...options }: CompareOptions,
  { cwd, out, err }: Context,
): Promise<void> {
  const folder = openResultsFolder((await findProject(cwd, options)).results);
  const found = await folder.read([one, other]);
  if (found.length !== 2)
    invalid(
      'footlight compare',
      'two experiments',
      `patterns of ${found.length}: ${found.map(({ experiment }) => experiment).join(', ')}`,
      'Write their names.',
    );
  const [left, right] = found as [StoredResult, StoredResult];
  if (left.protocol.hash !== right.protocol.hash) failWithDifferences(left, right, getWidth(err) ?? 100);
  const [first, second] = [left.experiment, right.experiment];
  const compared = compareExperiments(await folder.readValues(first), await folder.readValues(second));
  if (json) printJson(out, compared);
  else printMarkdown(out, formatComparisonTable(first, second, compared), { markdown });
}

/** Shows the fields of two protocols side by side where they differ. */
function failWithDifferences(one: StoredResult, other: StoredResult, width: number): never {
  const differences = compareProtocols(one.protocol, other.protocol).map((difference) => {
    const [, field, left, right] = /^(.*?): (.*) ≠ (.*)$/.exec(difference)!;
    return [field!, left!, right!].map(toMarkdownText);
  });
  const table = fitMarkdown(
    markdownTable([['field', toMarkdownText(one.experiment), toMarkdownText(other.experiment)], ...differences]),
    width,
  );
  throw new RecsysError(
    'protocols-differ',
    `footlight compare: expected experiments of one protocol, received two that differ in these fields. Compare ` +
      `experiments that agree.\n\n${table}`,
  );
}
