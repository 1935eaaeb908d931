import { RecsysError, toMarkdownText } from '@footlight/core';
import { compareProtocols, type Protocol } from '@footlight/trainer';
import { markdownTable } from 'markdown-table';
import { describeArchives } from './describe-archives.js';
import { formatProtocolTitle } from './format-protocol-title.js';
import type { ExperimentResult } from './result.js';
import { createResultColumns } from './result-columns.js';

/** At least one result. */
export type ResultGroup<R extends ExperimentResult = ExperimentResult> = readonly [R, ...R[]];

/** Groups results by protocol, in the order of their first results. */
export function groupByProtocol<R extends ExperimentResult>(results: readonly R[]): ResultGroup<R>[] {
  const groups = new Map<string, ResultGroup<R>>();
  for (const result of results) {
    const group = groups.get(result.protocol.hash);
    groups.set(result.protocol.hash, group ? [...group, result] : [result]);
  }
  return [...groups.values()];
}

/** Formats Markdown tables, one per group, each below a line with its protocol. */
export function formatResultTables(groups: readonly ResultGroup[]): string {
  return groups
    .flatMap((group) => [
      formatProtocolLine(group[0].protocol),
      formatResultTable(group),
      ...describeArchives(group), // below the table
    ])
    .join('\n\n');
}

/**
 * Formats one Markdown table of results: published values, ours with standard errors on the validation and the test
 * part, loss and best epoch, number of seeds, backend, protocol.
 *
 * @throws {RecsysError} `protocols-differ`, naming the fields, unless all results have one protocol
 */
export function formatResultTable(results: ResultGroup): string {
  assertOneProtocol(results);
  const columns = createResultColumns(results);
  const rows = results.map((result) => [
    toMarkdownText(result.experiment),
    ...columns.map(({ format }) => format(result)),
    String(result.seeds.length),
    toMarkdownText(result.backend),
    `\`${result.protocol.hash}\``,
  ]);
  return markdownTable(
    [['experiment', ...columns.map(({ title }) => title), 'seeds', 'backend', 'protocol'], ...rows],
    {
      align: ['l', ...columns.map(() => 'r'), 'r', 'l', 'l'],
    },
  );
}

function assertOneProtocol([first, ...others]: ResultGroup): void {
  for (const other of others) {
    if (other.protocol.hash === first.protocol.hash) continue;
    const fields = compareProtocols(first.protocol, other.protocol).join('; ');
    throw new RecsysError(
      'protocols-differ',
      `footlight table: expected experiments of one protocol, received ${first.experiment} and ${other.experiment}, ` +
        `which differ in ${fields}. Name experiments of one protocol, or name none for one table per protocol.`,
    );
  }
}

function formatProtocolLine(protocol: Protocol): string {
  const title = toMarkdownText(formatProtocolTitle(protocol));
  const parts = [title, `seen items: ${protocol.seen}`, ...formatFingerprint(protocol)];
  return [...parts, `protocol \`${protocol.hash}\``].join(' · ');
}

/** The first digits of the fingerprint of the data; results of earlier versions have none. */
function formatFingerprint({ dataset: { fingerprint } }: Protocol): string[] {
  if (fingerprint === undefined) return [];
  return [Array.isArray(fingerprint) ? 'data of each seed' : `data \`${String(fingerprint).slice(0, 12)}\``];
}
