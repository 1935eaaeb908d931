import { toMarkdownText } from '@footlight/core';
import { listDownloads } from '@footlight/datasets';
import { formatPublishedValues, formatWithNamedError, openResultsFolder, type StoredResult } from '@footlight/report';
import { markdownTable } from 'markdown-table';
import type { Context } from '../context.js';
import { listExperimentNames, loadByName, type NamedExperiment, requireExperiments } from '../project/experiments.js';
import { findProject, type ProjectOptions } from '../project/find-project.js';
import { printJson, printMarkdown, printNote } from '../terminal/print.js';
import { formatBytes } from './format-download.js';

export interface ListOptions extends ProjectOptions {
  readonly data?: string;
  readonly json?: true;
  readonly markdown?: true;
}

export interface ListedExperiment {
  readonly experiment: string;
  readonly dataset: string;
  readonly model: string;
  /** Names of the metrics. */
  readonly metrics: readonly string[];
  /** Means of the stored result by metric; absent if it was never run. */
  readonly measured?: StoredResult['metrics'];
  readonly published: Readonly<Record<string, number>>;
  /** Files that a run would download. */
  readonly downloads: readonly { readonly file: string; readonly bytes?: number }[];
}

/** `footlight list`: the experiments of the project. */
export async function list(filter: string | undefined, options: ListOptions, { cwd, out }: Context): Promise<void> {
  const project = await findProject(cwd, options);
  const names = filterNames(listExperimentNames(requireExperiments(project)), filter);
  const results = await openResultsFolder(project.results).read();
  const listed = await Promise.all(
    names.map(async (name) => {
      const stored = results.find(({ experiment }) => experiment === name);
      return describe(await loadByName(name, project.experiments!), stored, options);
    }),
  );
  if (options.json) return printJson(out, listed);
  if (listed.length === 0)
    return void printNote(out, `No experiment${filter === undefined ? '' : ` matches ${filter}`}.`);
  if (options.markdown || !out.isTTY) return printMarkdown(out, formatMarkdown(listed), { markdown: true });
  printMarkdown(out, formatLines(listed), { optional: ['dataset', 'model'] });
}

/**
 * Names that a filter matches: those that contain it, or with `*` and `?` those of that form.
 *
 * @example
 * filterNames(['talk/popularity', 'triplet/deep'], 'tri*') // ['triplet/deep']
 */
export function filterNames(names: readonly string[], filter: string | undefined): string[] {
  if (filter === undefined) return [...names];
  if (!/[*?]/.test(filter)) return names.filter((name) => name.toLowerCase().includes(filter.toLowerCase()));
  const escaped = filter
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return names.filter((name) => new RegExp(`^${escaped}$`, 'i').test(name));
}

async function describe(
  { name, experiment: { dataset, model, loss, metrics, published = {} } }: NamedExperiment,
  stored: StoredResult | undefined,
  { data }: ListOptions,
): Promise<ListedExperiment> {
  const missing = await listDownloads(dataset, data === undefined ? {} : { directory: data });
  return {
    experiment: name,
    dataset: dataset.name,
    model: loss ? `${model.name}, ${loss.name}` : model.name,
    metrics: metrics.map((metric) => metric.name),
    ...(stored ? { measured: stored.metrics } : {}),
    published,
    downloads: missing.map(({ fileName, bytes }) => ({ file: fileName, ...(bytes === undefined ? {} : { bytes }) })),
  };
}

/** One row per experiment, with everything. */
function formatMarkdown(listed: readonly ListedExperiment[]): string {
  return markdownTable([
    ['experiment', 'dataset', 'model', 'download', 'measured', 'published'],
    ...listed.map(({ experiment, dataset, model, downloads, metrics, measured, published }) => [
      ...[experiment, dataset, model].map(toMarkdownText),
      formatDownloads(downloads),
      metrics
        .map((metric) => (measured?.[metric] ? `${metric} ${formatWithNamedError(metric, measured[metric])}` : metric))
        .join(', ') + (measured ? '' : ' (never run)'),
      formatPublishedValues(published),
    ]),
  ]);
}

/** One row per published metric, else for the first metric, so that names and numbers fit the width of a terminal. */
function formatLines(listed: readonly ListedExperiment[]): string {
  const rows = listed.flatMap(({ experiment, dataset, model, downloads, metrics, measured, published }) => {
    const shown = metrics.filter((metric) => published[metric] !== undefined);
    return (shown.length > 0 ? shown : metrics.slice(0, 1)).map((metric, at) => [
      at === 0 ? toMarkdownText(experiment) : '',
      metric,
      measured?.[metric] ? measured[metric].mean.toFixed(4) : 'never run',
      published[metric] === undefined ? '–' : String(published[metric]),
      ...(at === 0 ? [formatDownloads(downloads), ...[dataset, model].map(toMarkdownText)] : ['', '', '']),
    ]);
  });
  return markdownTable([['experiment', 'metric', 'measured', 'published', 'download', 'dataset', 'model'], ...rows], {
    align: ['l', 'l', 'r', 'r', 'r', 'l', 'l'],
  });
}

/** The sum of the sizes, as far as they are known. */
function formatDownloads(downloads: ListedExperiment['downloads']): string {
  if (downloads.length === 0) return 'none';
  const known = downloads.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  const isComplete = downloads.every(({ bytes }) => bytes !== undefined);
  if (known === 0) return 'unknown';
  return isComplete ? formatBytes(known) : `${formatBytes(known)} and more`;
}
