import { RecsysError } from '@footlight/core';
import { compareExperiments, formatComparisonTable, openResultsFolder } from '@footlight/report';
import { compareProtocols } from '@footlight/trainer';

export interface CompareCommandOptions {
  readonly results: string;
  readonly json?: true;
}

/** What `footlight compare` does: tests two rows against each other on the same users. */
export async function compareCommand(
  one: string,
  other: string,
  { results, json }: CompareCommandOptions,
): Promise<void> {
  const folder = openResultsFolder(results);
  const [kept, keptOther] = (await Promise.all([folder.read([one]), folder.read([other])])).map(([result]) => result!);
  if (kept!.protocol.hash !== keptOther!.protocol.hash)
    throw new RecsysError(
      'protocols-differ',
      `footlight compare: expected rows of one protocol, received ${one} and ${other}, which differ in ${compareProtocols(kept!.protocol, keptOther!.protocol).join('; ')}.`,
    );
  const compared = compareExperiments(await folder.readValues(one), await folder.readValues(other));
  process.stdout.write(
    json
      ? `${compared.map((row) => JSON.stringify(row)).join('\n')}\n`
      : `${formatComparisonTable(one, other, compared)}\n`,
  );
}
