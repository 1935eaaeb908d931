import { formatCount, RecsysError } from '@footlight/core';
import type { ClaimGroup } from '../claims/claim.js';
import { testClaims } from '../claims/test-claims.js';
import type { NeverRun } from '../never-run.js';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import { groupByProtocol } from '../result-tables.js';
import type { ResultsFolder } from '../results-folder.js';
import { renderComparisonSection } from '../study/comparison-section.js';
import { type ReportedStudy, renderStudySection } from '../study/study-section.js';
import { renderClaimsSection } from './claims-section.js';
import { renderCurvesSection } from './curves-section.js';
import { renderHint, type Section } from './elements.js';
import { renderEnvironmentSection } from './environment-section.js';
import { type Html, html } from './html.js';
import { renderModelsSection } from './models-section.js';
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
  /**
   * Claims to test; see `ClaimGroup`. Default none; published values of experiments are tested in any case. Claims
   * about experiments that are not in the report are left out.
   */
  readonly claims?: readonly ClaimGroup[];
  /** Studies: hyperparameter searches. Default none; a page of studies alone has no section on results. */
  readonly studies?: readonly ReportedStudy[];
  readonly date: Date;
}

/**
 * Renders the report as one HTML page: claims with their verdicts and models by score first, then details, which are
 * folded. The same content and date give the same page.
 *
 * @throws {RecsysError} `invalid-argument` or `protocols-differ` for a claim that results cannot test; see `testClaims`
 */
export function renderReport(content: ReportContent): string {
  return renderPage({ title: 'Footlight report', summary: renderSummary(content), ...createSections(content) });
}

function renderSummary({ results, date, studies = [] }: ReportContent): Html {
  const day = html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;
  const written = html`Written ${day} by <code>footlight report</code>.`;
  const trials = studies.reduce((sum, { study }) => sum + study.trials.length, 0);
  const searched =
    studies.length === 0
      ? ''
      : `${formatCount(studies.length, 'study', 'studies')} with ${formatCount(trials, 'trial')}. `;
  if (results.length === 0) return searched === '' ? html`No results, ${day}.` : html`${searched}${written}`;
  const datasets = new Set(results.map(({ protocol }) => protocol.dataset.name));
  const experiments = formatCount(results.length, 'experiment');
  const protocols = formatCount(groupByProtocol(results).length, 'protocol');
  return html`${experiments} under ${protocols} on ${[...datasets].join(', ')}. ${searched}${written}`;
}

interface Sections {
  readonly sections: readonly Section[];
  readonly details?: readonly Section[];
}

function createSections(content: ReportContent): Sections {
  const { results, values, recommendations, neverRun = [], claims = [], studies = [] } = content;
  const searches = [
    ...(studies.length > 1 ? [renderComparisonSection(studies.map(({ study }) => study))] : []),
    ...studies.map(renderStudySection),
  ];
  if (results.length === 0 && studies.length > 0) return { sections: searches };
  if (results.length === 0)
    return {
      sections: [
        {
          id: 'results',
          title: 'No results yet',
          body: renderHint(
            'Run an experiment first: `footlight run latest-small/popularity latest-small/factorization-bpr` uses ' +
              'the bundled dataset, and `footlight list` shows all others. Then run `footlight report` again.',
          ),
        },
      ],
    };
  const groups = groupByProtocol(results);
  const tested = testClaims(claims, { results, values, neverRun });
  return {
    sections: [...(tested.length > 0 ? [renderClaimsSection(tested)] : []), renderModelsSection(groups)],
    details: [
      renderResultsSection(groups, neverRun),
      renderCurvesSection(groups),
      renderWriteUpSection(groups),
      renderUsersSection(groups, new Map(values.map((each) => [each.experiment, each]))),
      renderPairsSection(groups, new Map(values.map((each) => [each.experiment, each]))),
      renderRecommendationsSection(recommendations),
      ...searches,
      renderEnvironmentSection(results),
    ],
  };
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
