import { RecsysError } from '@footlight/core';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import { groupByProtocol } from '../result-tables.js';
import type { ResultsFolder } from '../results-folder.js';
import { renderCurvesSection } from './curves-section.js';
import { renderHint, type Section } from './elements.js';
import { renderEnvironmentSection } from './environment-section.js';
import { type Html, html } from './html.js';
import { renderPairsSection } from './pairs-section.js';
import { renderRecommendationsSection } from './recommendations-section.js';
import { renderPage } from './render-page.js';
import { renderResultsSection } from './results-section.js';
import type { SampleRecommendations } from './sample-recommendations.js';
import { renderUsersSection } from './users-section.js';
import { renderWriteUpSection } from './write-up-section.js';

export interface ReportContent {
  readonly results: readonly StoredResult[];
  readonly values: readonly QueryValues[];
  readonly recommendations: readonly SampleRecommendations[];
  readonly date: Date;
}

/** The page; but for its date the same for the same content. */
export function renderReport(content: ReportContent): Promise<string> {
  return renderPage({ title: 'Footlight report', summary: renderSummary(content), sections: createSections(content) });
}

function renderSummary({ results, date }: ReportContent): Html {
  const day = html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
  if (results.length === 0) return html`No results, ${day}.`;
  const datasets = new Set(results.map(({ protocol }) => protocol.dataset.name));
  return html`${formatCount(results.length, 'row')} under ${formatCount(groupByProtocol(results).length, 'protocol')} on ${[...datasets].join(', ')}. Written ${day} by <code>footlight report</code>.`;
}

function formatCount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function createSections({ results, values, recommendations }: ReportContent): Section[] {
  if (results.length === 0)
    return [
      {
        id: 'results',
        title: 'No results yet',
        body: html`${renderHint('Run a row first: `footlight run latest-small/popularity latest-small/factorization-bpr` takes its data along, `footlight list` shows the others. Then `footlight report` again.')}`,
      },
    ];
  const groups = groupByProtocol(results);
  return [
    renderResultsSection(groups),
    renderCurvesSection(results),
    renderWriteUpSection(groups),
    renderUsersSection(values),
    renderPairsSection(groups, new Map(values.map((each) => [each.experiment, each]))),
    renderRecommendationsSection(recommendations),
    renderEnvironmentSection(results),
  ];
}

/** Values per user of the rows that have them. */
export async function readStoredValues(
  results: readonly StoredResult[],
  folder: ResultsFolder,
): Promise<QueryValues[]> {
  const found = await Promise.all(
    results.map(({ experiment }) => folder.readValues(experiment).catch(ignoreMissingValues)),
  );
  return found.filter((values) => values !== undefined).filter(hasTwoValues);
}

/** Nothing is spread, and nothing to compare, unless two users have a value of each metric. */
function hasTwoValues({ metrics }: QueryValues): boolean {
  return Object.values(metrics).every((values) => values.filter((value) => value !== null).length > 1);
}

/** Rows of ratings have none, and values of an older run are of no use: neither is a reason to write no report. */
function ignoreMissingValues(error: unknown): undefined {
  if (error instanceof RecsysError && error.code === 'unknown-experiment') return undefined;
  throw error;
}
