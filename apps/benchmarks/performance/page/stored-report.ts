import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileAtomically } from '@footlight/core/files';
import { drawFigure } from '@footlight/report';
import { createFigures } from '../engine/measure-scaling.js';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import type { Suite } from '../suite.js';
import { formatPage } from './format-page.js';
import { isSameCase } from './merge-results.js';
import type { PerformanceReport } from './report.js';

/** Folder of the results and the page of a suite. */
export function getResultsFolder({ name }: Suite): string {
  return fileURLToPath(new URL(`../results/${name}/`, import.meta.url));
}

/** Reads the stored report of a suite; undefined if there is none, or if it lacks one of the cases. */
export async function readStoredReport(
  suite: Suite,
  cases: readonly BenchmarkCase[],
): Promise<PerformanceReport | undefined> {
  const path = join(getResultsFolder(suite), 'results.json');
  if (!existsSync(path)) return undefined;
  const stored = JSON.parse(await readFile(path, 'utf8')) as PerformanceReport;
  return cases.every((each) => stored.results.some((result) => isSameCase(result, each))) ? stored : undefined;
}

/** Formats the page of a report, with links to its figures. */
export function createPage(suite: Suite, report: PerformanceReport): string {
  const figures = report.scaling.flatMap(createFigures);
  const files = figures.map(({ id, title }) => ({ file: `${id}.svg`, title }));
  return formatPage(suite, report, files);
}

/** Stores a report: its results, its page and its figures. */
export async function storeReport(suite: Suite, report: PerformanceReport): Promise<void> {
  const folder = getResultsFolder(suite);
  for (const figure of report.scaling.flatMap(createFigures))
    await writeFileAtomically(join(folder, `${figure.id}.svg`), drawFigure(figure));
  await writeFileAtomically(join(folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(join(folder, 'README.md'), createPage(suite, report));
}
