import { RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import {
  createSampleRecommendations,
  openResultsFolder,
  readStoredValues,
  renderReport,
  type SampleRecommendations,
  type StoredResult,
} from '@footlight/report';
import writeFileAtomic from 'write-file-atomic';
import { experimentOf } from './experiments.js';
import { progressBar } from './progress-bar.js';

export interface ReportCommandOptions {
  readonly results: string;
  readonly output: string;
  /** Whether quick models are trained again to be asked for lists. */
  readonly recommendations: boolean;
  readonly backend?: string;
}

/** What `footlight report` does: writes kept results as one page that needs no network. */
export async function reportCommand(
  rows: readonly string[],
  options: ReportCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const folder = openResultsFolder(options.results);
  const results = await folder.read(rows.length > 0 ? rows : undefined);
  const values = await readStoredValues(results, folder);
  const page = await renderReport({
    results,
    values,
    recommendations: await advised(results, options, signal),
    date: new Date(),
  });
  await writePage(options.output, page);
  const figureCount = page.split('<figure>').length - 1;
  process.stdout.write(
    `${options.output}: ${counted(results.length, 'row')}, ${counted(figureCount, 'figure')}, ${Math.ceil(page.length / 1024)} KiB\n`,
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

async function advised(
  results: readonly StoredResult[],
  { recommendations, backend }: ReportCommandOptions,
  signal: AbortSignal,
): Promise<SampleRecommendations[]> {
  if (!recommendations || results.length === 0) return [];
  await useBackend(backend);
  return createSampleRecommendations(results, { findExperiment: experimentOf, showProgress: progressBar, signal });
}

async function writePage(path: string, page: string): Promise<void> {
  await writeFileAtomic(path, page).catch((cause: Error) => {
    throw new RecsysError('write-failed', `footlight report: could not write ${path}: ${cause.message}.`, { cause });
  });
}
