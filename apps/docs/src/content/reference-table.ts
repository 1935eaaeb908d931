import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatWithError, type StoredResult } from '@footlight/report';
import { root } from '../paths.js';
import { markdownTable } from './markdown-table.js';
import { experimentLinks } from './result-tables.js';
import { getName } from './results.js';

/** What a program of `apps/benchmarks/reference` measured for an experiment. */
interface ReferenceResult {
  readonly framework: string;
  readonly metrics: Readonly<Record<string, { readonly mean: number; readonly standardError: number }>>;
}

/** Ours beside an independent version in another framework, with the difference in units of its standard error. */
export function referenceTable(results: readonly StoredResult[]): string {
  const path = join(root, 'apps/benchmarks/reference/results.json');
  const references = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, ReferenceResult>>;
  const links = experimentLinks(results.map(getName));
  const rows = results.flatMap((result, at) => {
    const reference = references[getName(result)];
    if (!reference) throw new Error(`docs: expected a reference result of ${getName(result)}, received none.`);
    return Object.entries(reference.metrics).map(([metric, theirs]) => {
      const ours = result.metrics[metric]!;
      const difference = ours.mean - theirs.mean;
      const error = Math.hypot(ours.standardError ?? 0, theirs.standardError);
      return [
        links[at]!,
        metric,
        formatWithError(ours),
        `${theirs.mean.toFixed(4)} ± ${theirs.standardError.toFixed(4)}`,
        `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(4)}`,
        Math.abs(difference / error).toFixed(1),
      ].map((cell) => cell.replaceAll(' ± ', '\u00a0±\u00a0'));
    });
  });
  const { framework } = references[getName(results[0]!)]!;
  const headers = [
    'experiment',
    'metric',
    'Footlight ± over seeds',
    `${framework} ± over seeds`,
    'difference',
    'in errors',
  ];
  return markdownTable(headers, rows, ['left', 'left', 'right', 'right', 'right', 'right']);
}
