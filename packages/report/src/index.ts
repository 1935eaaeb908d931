export { assertKnownExperiments, findSimilarNames } from './assert-known-experiments.js';
export { assertPublishedReached } from './assert-published-reached.js';
export { checkClaims } from './claims/check-claims.js';
export type { BetterClaim, Claim, ClaimGroup, FigureClaim } from './claims/claim.js';
export { countDecisions, formatDecisions } from './claims/count-decisions.js';
export {
  type BetterVerdict,
  type ClaimInterval,
  decideBetter,
  type MeasuredMetric,
} from './claims/decide-better.js';
export { decideFigure, type FigureVerdict } from './claims/decide-figure.js';
export { formatClaims } from './claims/format-claims.js';
export {
  assertClaimExperiments,
  type ClaimDecision,
  type ClaimEvidence,
  type TestedBetter,
  type TestedFigure,
  type TestedGroup,
  testClaims,
} from './claims/test-claims.js';
export { combineSeeds } from './combine-seeds.js';
export { formatCommands } from './command-list.js';
export { compareExperiments, formatComparisonTable, type MetricComparison } from './compare-experiments.js';
export { computeDifference, type Decision, decideClaim, findLeaders } from './decide-claim.js';
export { describeArchives } from './describe-archives.js';
export { type CsvCell, formatCsv } from './format-csv.js';
export { formatWithError, formatWithNamedError } from './format-mean.js';
export { formatProtocolTitle } from './format-protocol-title.js';
export { formatNeverRun, formatPublishedValues, type NeverRun } from './never-run.js';
export { createEpochFigure, createLossFigure } from './page/curves-section.js';
export { createEpochLossFigures, createRunLossFigures } from './page/loss-figures.js';
export { createPenaltyFigures } from './page/penalty-figures.js';
export { type ReportContent, readStoredValues, renderReport } from './page/render-report.js';
export { createMeanFigures } from './page/results-section.js';
export {
  createSampleRecommendations,
  type FindExperiment,
  type SampleOptions,
  type SampleRecommendations,
  type SampleUser,
  type ShowProgress,
} from './page/sample-recommendations.js';
export { createWidthFigures } from './page/width-figures.js';
export { createWriteUpFigures } from './page/write-up-figures.js';
export { type DrawOptions, drawFigure } from './plots/draw-figure.js';
export type { Figure } from './plots/figure.js';
export { createPaletteCss, figureCss } from './plots/palette.js';
export type { PublishedCell } from './published-cell.js';
export { averageOverSeeds, type QueryValues, type RunValues, toRunValues } from './query-values.js';
export {
  type ExperimentResult,
  type MetricResult,
  type SeedResult,
  type StoredResult,
  toSeedResult,
  toStoredRun,
} from './result.js';
export { createResultColumns, type ResultColumn } from './result-columns.js';
export {
  formatResultTable,
  formatResultTables,
  groupByProtocol,
  type ResultGroup,
} from './result-tables.js';
export { formatResultsCsv } from './results-csv.js';
export { openResultsFolder, type ResultsFolder, type UnfinishedRun } from './results-folder.js';
export { createComparisonFigures } from './study/comparison-section.js';
export type {
  StudyAnalysis,
  StudyContent,
  StudyDistribution,
  StudyParameter,
  StudyTrial,
} from './study/study-content.js';
export type { StudyFigure } from './study/study-figure.js';
export { createIds, createStudyFigures } from './study/study-figures.js';
export type { ReportedStudy } from './study/study-section.js';
