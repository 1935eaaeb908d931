export { assertKnown, findSimilar } from './assert-known.js';
export { type Comparison, compareRows, comparisonTable } from './compare.js';
export { createLossFigure, createValidationFigure } from './page/curves-section.js';
export { type Advice, type Advised, adviceOf, type FindExperiment, type ShowProgress } from './page/recommendations.js';
export { keptValues, type ReportContent, reportPage } from './page/report.js';
export { createMeanFigures } from './page/results-section.js';
export {
  createEpochLossFigures,
  createPenaltyFigures,
  createRunLossFigures,
  createWidthFigures,
} from './page/write-up-section.js';
export { type DrawOptions, drawFigure, figureCss } from './plots/draw-figure.js';
export type { Figure } from './plots/figure.js';
export { paletteCss } from './plots/palette.js';
export { protocolTitle } from './protocol-title.js';
export { assertPublished } from './published.js';
export {
  type KeptResult,
  keptRun,
  type MetricResult,
  type Result,
  resultOf,
  type SeedResult,
  seedResult,
} from './result.js';
export { type ResultsFolder, resultsFolder, type Unfinished } from './results-folder.js';
export { byProtocol, type Group, resultTable, tablesOf, withError } from './tables.js';
export { type QueryValues, queryValues, type RunValues, runValues } from './values.js';
