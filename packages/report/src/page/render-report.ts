import { RecsysError } from '@footlight/core';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import { groupByProtocol } from '../result-tables.js';
import type { ResultsFolder } from '../results-folder.js';
import { curvesSection } from './curves-section.js';
import { missing, type Section } from './elements.js';
import { environmentSection } from './environment-section.js';
import { type Html, html } from './html.js';
import { pairsSection } from './pairs-section.js';
import { recommendationsSection } from './recommendations-section.js';
import { renderPage } from './render-page.js';
import { resultsSection } from './results-section.js';
import type { SampleRecommendations } from './sample-recommendations.js';
import { usersSection } from './users-section.js';
import { writeUpSection } from './write-up-section.js';

export interface ReportContent {
  readonly results: readonly StoredResult[];
  readonly values: readonly QueryValues[];
  readonly recommendations: readonly SampleRecommendations[];
  readonly date: Date;
}

/** The page; but for its date the same for the same content. */
export function renderReport(content: ReportContent): Promise<string> {
  return renderPage({ title: 'Footlight report', summary: summary(content), sections: sectionsOf(content) });
}

function summary({ results, date }: ReportContent): Html {
  const day = html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
  if (results.length === 0) return html`No results, ${day}.`;
  const datasets = new Set(results.map(({ protocol }) => protocol.dataset.name));
  return html`${counted(results.length, 'row')} under ${counted(groupByProtocol(results).length, 'protocol')} on ${[...datasets].join(', ')}. Written ${day} by <code>footlight report</code>.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function sectionsOf({ results, values, recommendations }: ReportContent): Section[] {
  if (results.length === 0)
    return [
      {
        id: 'results',
        title: 'No results yet',
        body: html`${missing('Run a row first: `footlight run latest-small/popularity latest-small/factorization-bpr` takes its data along, `footlight list` shows the others. Then `footlight report` again.')}`,
      },
    ];
  const groups = groupByProtocol(results);
  return [
    resultsSection(groups),
    curvesSection(results),
    writeUpSection(groups),
    usersSection(values),
    pairsSection(groups, new Map(values.map((each) => [each.experiment, each]))),
    recommendationsSection(recommendations),
    environmentSection(results),
  ];
}

/** Values per user of the rows that have them. */
export async function readStoredValues(
  results: readonly StoredResult[],
  folder: ResultsFolder,
): Promise<QueryValues[]> {
  const found = await Promise.all(results.map(({ experiment }) => folder.readValues(experiment).catch(withoutValues)));
  return found.filter((values) => values !== undefined).filter(isDefined);
}

/** Nothing is spread, and nothing to compare, unless two users have a value of each metric. */
function isDefined({ metrics }: QueryValues): boolean {
  return Object.values(metrics).every((values) => values.filter((value) => value !== null).length > 1);
}

/** Rows of ratings have none, and values of an older run are of no use: neither is a reason to write no report. */
function withoutValues(error: unknown): undefined {
  if (error instanceof RecsysError && error.code === 'unknown-experiment') return undefined;
  throw error;
}
