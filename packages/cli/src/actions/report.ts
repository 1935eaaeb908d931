import { join, resolve } from 'node:path';
import { formatCount } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { type BackendName, useBackend } from '@footlight/engine';
import {
  createComparisonFigures,
  createIds,
  createSampleRecommendations,
  createStudyFigures,
  createWriteUpFigures,
  drawFigure,
  type Figure,
  formatResultsCsv,
  groupByProtocol,
  openResultsFolder,
  type ReportedStudy,
  readStoredValues,
  renderReport,
  type SampleRecommendations,
  type StoredResult,
} from '@footlight/report';
import type { Context } from '../context.js';
import { loadExperiments } from '../project/experiments.js';
import { findProject, type Project, type ProjectOptions } from '../project/find-project.js';
import { loadClaims } from '../project/load-claims.js';
import { printNote } from '../terminal/print.js';
import { createProgressLine } from '../terminal/progress.js';
import { findNeverRun } from './find-never-run.js';
import { formatFigurePage } from './format-figure-page.js';
import { readNamedStudies } from './read-named-studies.js';
import { assertOutputs } from './write-output.js';

export interface ReportOptions extends ProjectOptions {
  readonly output: string;
  /** File that the results are written to as CSV. */
  readonly csv?: string;
  /** Studies to show: names or files. With these and no experiments, the page shows the studies only. */
  readonly study?: readonly string[];
  /** Folder that the figures are written to as SVG. */
  readonly figures?: string;
  /** Whether quick models are trained again to show sample recommendations. */
  readonly recommendations: boolean;
  readonly backend?: BackendName;
}

/** `footlight report`: writes stored results as one page that needs no network. */
export async function report(names: readonly string[], options: ReportOptions, context: Context): Promise<void> {
  const { csv, figures } = options;
  await assertOutputs([options.output, csv, figures === undefined ? undefined : join(figures, 'figure.svg')], context);
  const project = await findProject(context.cwd, options);
  const folder = openResultsFolder(project.results);
  const studies = await readNamedStudies(options.study ?? [], project, context.cwd);
  const isStudiesOnly = studies.length > 0 && names.length === 0;
  const results = isStudiesOnly ? [] : await folder.read(names.length > 0 ? names : undefined);
  const values = await readStoredValues(results, folder);
  const recommendations = await createSamples(results, options, project, context);
  const claims = await loadClaims(project, await folder.read());
  const neverRun = names.length > 0 || isStudiesOnly ? [] : await findNeverRun(project, results);
  const page = renderReport({ results, values, recommendations, neverRun, claims, studies, date: new Date() });
  await writeFileAtomically(resolve(context.cwd, options.output), page);
  if (csv !== undefined) await writeFileAtomically(resolve(context.cwd, csv), formatResultsCsv(results, neverRun));
  if (figures !== undefined)
    await writeFigures(createFigures(results, studies), names, options.study ?? [], figures, context.cwd);
  const figureCount = page.split('<figure>').length - 1;
  const kilobytes = Math.ceil(page.length / 1024);
  printNote(
    context.out,
    `${options.output}: ${[
      ...(isStudiesOnly ? [] : [formatCount(results.length, 'experiment')]),
      ...(studies.length > 0 ? [formatCount(studies.length, 'study', 'studies')] : []),
      formatCount(figureCount, 'figure'),
      `${kilobytes} KiB`,
    ].join(', ')}`,
  );
}

/** The figures of the write-ups and of studies, with file names from the names of the studies. */
function createFigures(results: readonly StoredResult[], studies: readonly ReportedStudy[]): Figure[] {
  const ids = createIds(studies.map(({ study }) => study.name));
  return [
    ...groupByProtocol(results).flatMap(createWriteUpFigures),
    ...createComparisonFigures(studies.map(({ study }) => study)),
    ...studies.flatMap(({ study, ...analysis }, at) =>
      createStudyFigures(study, analysis, ids[at]).map(({ figure }) => figure),
    ),
  ];
}

/** Writes figures as SVG, and a README that shows them. */
async function writeFigures(
  figures: readonly Figure[],
  names: readonly string[],
  studies: readonly string[],
  folder: string,
  cwd: string,
): Promise<void> {
  const write = (file: string, text: string) => writeFileAtomically(join(resolve(cwd, folder), file), text);
  for (const figure of figures) await write(`${figure.id}.svg`, drawFigure(figure));
  await write('README.md', formatFigurePage(figures, names, folder, studies));
}

async function createSamples(
  results: readonly StoredResult[],
  { recommendations, backend }: ReportOptions,
  project: Project,
  { cwd, err, signal }: Context,
): Promise<SampleRecommendations[]> {
  if (!recommendations || results.length === 0 || project.experiments === undefined) return [];
  await useBackend(backend);
  return createSampleRecommendations(results, {
    findExperiment: async (name) => (await loadExperiments([name], { cwd, project }))[0]!.experiment,
    showProgress: (title) => createProgressLine(title, err),
    signal,
  });
}
