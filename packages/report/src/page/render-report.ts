import { RecsysError } from '@footlight/core';
import type { NeverRun } from '../never-run.js';
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

/** Everything that a report shows. */
export interface ReportContent {
  readonly results: readonly StoredResult[];
  /** Values per user, of the results that have them. */
  readonly values: readonly QueryValues[];
  readonly recommendations: readonly SampleRecommendations[];
  /** Experiments of the project without a result. Default none. */
  readonly neverRun?: readonly NeverRun[];
  readonly date: Date;
}

/** Renders the report as one HTML page. The same content and date give the same page. */
export function renderReport(content: ReportContent): string {
  return renderPage({ title: 'Footlight report', summary: renderSummary(content), sections: createSections(content) });
}

function renderSummary({ results, date }: ReportContent): Html {
  const day = html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
  if (results.length === 0) return html`No results, ${day}.`;
  const datasets = new Set(results.map(({ protocol }) => protocol.dataset.name));
  const experiments = formatCount(results.length, 'experiment');
  const protocols = formatCount(groupByProtocol(results).length, 'protocol');
  const written = html`Written ${day} by <code>footlight report</code>.`;
  return html`${experiments} under ${protocols} on ${[...datasets].join(', ')}. ${written}`;
}

function formatCount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function createSections({ results, values, recommendations, neverRun = [] }: ReportContent): Section[] {
  if (results.length === 0)
    return [
      {
        id: 'results',
        title: 'No results yet',
        body: renderHint(
          'Run an experiment first: `footlight run latest-small/popularity latest-small/factorization-bpr` uses ' +
            'the bundled dataset, and `footlight list` shows all others. Then run `footlight report` again.',
        ),
      },
    ];
  const groups = groupByProtocol(results);
  return [
    renderResultsSection(groups, neverRun),
    renderCurvesSection(results),
    renderWriteUpSection(groups),
    renderUsersSection(values),
    renderPairsSection(groups, new Map(values.map((each) => [each.experiment, each]))),
    renderRecommendationsSection(recommendations),
    renderEnvironmentSection(results),
  ];
}

/** Reads the values per user of those results that have them. */
export async function readStoredValues(
  results: readonly StoredResult[],
  folder: ResultsFolder,
): Promise<QueryValues[]> {
  const found = await Promise.all(
    results.map(({ experiment }) => folder.readValues(experiment).catch(ignoreMissingValues)),
  );
  return found.filter((values) => values !== undefined).filter(hasTwoValues);
}

/** Distributions and comparisons need two users with a value of each metric. */
function hasTwoValues({ metrics }: QueryValues): boolean {
  return Object.values(metrics).every((values) => values.filter((value) => value !== null).length > 1);
}

/** Rating experiments have no values per user, and values of an older run are ignored; neither prevents a report. */
function ignoreMissingValues(error: unknown): undefined {
  if (error instanceof RecsysError && error.code === 'unknown-experiment') return undefined;
  throw error;
}
