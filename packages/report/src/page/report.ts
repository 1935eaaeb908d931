import { RecsysError } from '@footlight/core';
import type { KeptResult } from '../result.js';
import type { ResultsFolder } from '../results-folder.js';
import { byProtocol } from '../tables.js';
import type { QueryValues } from '../values.js';
import { curvesSection } from './curves-section.js';
import { missing, type Section } from './elements.js';
import { environmentSection } from './environment-section.js';
import { type Html, html } from './html.js';
import { pageOf } from './page.js';
import { pairsSection } from './pairs-section.js';
import type { Advice } from './recommendations.js';
import { recommendationsSection } from './recommendations-section.js';
import { resultsSection } from './results-section.js';
import { usersSection } from './users-section.js';
import { writeUpSection } from './write-up-section.js';

export interface ReportContent {
  readonly results: readonly KeptResult[];
  readonly values: readonly QueryValues[];
  readonly advice: readonly Advice[];
  readonly date: Date;
}

/** The page; but for its date the same for the same content. */
export function reportPage(content: ReportContent): Promise<string> {
  return pageOf({ title: 'Footlight report', summary: summary(content), sections: sectionsOf(content) });
}

function summary({ results, date }: ReportContent): Html {
  const day = html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
  if (results.length === 0) return html`No results, ${day}.`;
  const datasets = new Set(results.map(({ protocol }) => protocol.dataset.name));
  return html`${counted(results.length, 'row')} under ${counted(byProtocol(results).length, 'protocol')} on ${[...datasets].join(', ')}. Written ${day} by <code>footlight report</code>.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function sectionsOf({ results, values, advice }: ReportContent): Section[] {
  if (results.length === 0)
    return [
      {
        id: 'results',
        title: 'No results yet',
        body: html`${missing('Run a row first: `footlight run latest-small/popularity latest-small/factorization-bpr` takes its data along, `footlight list` shows the others. Then `footlight report` again.')}`,
      },
    ];
  const groups = byProtocol(results);
  return [
    resultsSection(groups),
    curvesSection(results),
    writeUpSection(groups),
    usersSection(values),
    pairsSection(groups, new Map(values.map((each) => [each.row, each]))),
    recommendationsSection(advice),
    environmentSection(results),
  ];
}

/** Values per user of the rows that have them. */
export async function keptValues(results: readonly KeptResult[], folder: ResultsFolder): Promise<QueryValues[]> {
  const found = await Promise.all(results.map(({ row }) => folder.values(row).catch(withoutValues)));
  return found.filter((values) => values !== undefined).filter(isDefined);
}

/** Nothing is spread, and nothing to compare, unless two users have a value of each metric. */
function isDefined({ metrics }: QueryValues): boolean {
  return Object.values(metrics).every((values) => values.filter((value) => value !== null).length > 1);
}

/** Rows of ratings have none, and values of an older run are of no use: neither is a reason to write no report. */
function withoutValues(error: unknown): undefined {
  if (error instanceof RecsysError && error.code === 'unknown-row') return undefined;
  throw error;
}
