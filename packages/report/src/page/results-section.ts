import { findLeaders } from '../decide-claim.js';
import { describeArchives } from '../describe-archives.js';
import { formatProtocolTitle } from '../format-protocol-title.js';
import { formatPublishedValues, type NeverRun } from '../never-run.js';
import type { Figure } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import { createResultColumns, type ResultColumn } from '../result-columns.js';
import type { ResultGroup } from '../result-tables.js';
import { chooseScale } from './choose-scale.js';
import { computeInterval } from './compute-interval.js';
import { type Column, renderTable, type Section } from './elements.js';
import { emptyHtml, type Html, html, renderProse } from './html.js';
import { createId, formatValue, shortenNames } from './names.js';

/** Tables of results, one per protocol: published values, ours with intervals, seeds and backend. */
export function renderResultsSection(
  groups: readonly ResultGroup<StoredResult>[],
  neverRun: readonly NeverRun[] = [],
): Section {
  return {
    id: 'results',
    title: 'All results',
    body: html`<p>${explanation}</p>
${groups.map(renderGroup)}
${neverRun.length === 0 ? emptyHtml : renderNeverRun(neverRun)}`,
  };
}

function renderNeverRun(experiments: readonly NeverRun[]): Html {
  return html`<h3 id="never-run">Never run</h3>
${renderTable({
  caption: 'Experiments without a result, and the archives that their data are read from',
  columns: ['experiment', 'dataset', 'published', 'needs'].map((title) => ({ title })),
  rows: experiments.map(({ experiment, dataset, published, needs }) => [
    experiment,
    dataset,
    formatPublishedValues(published),
    needs.join(', ') || 'no download',
  ]),
})}`;
}

const explanation =
  'Means, standard errors (±) and 95 % confidence intervals. The title of a column says what its errors are over: ' +
  'runs with other seeds, or users. A table contains only experiments of one protocol.';

function renderGroup(group: ResultGroup<StoredResult>): Html {
  const { protocol } = group[0];
  const { hash, ...fields } = protocol;
  const columns = createResultColumns(group);
  const notes = group.flatMap(({ experiment, note }) =>
    note === undefined ? [] : [html`<li><b>${experiment}</b>: ${note}</li>`],
  );
  const archives = describeArchives(group).map((sentence) => html`<p>${renderProse(sentence)}</p>`);
  return html`<div data-filter><h3 id="protocol-${hash}">${formatProtocolTitle(protocol)}</h3>
${renderTable({
  caption: `${formatProtocolTitle(protocol)}, seen items: ${protocol.seen}, protocol \`${hash}\``,
  columns: createTableColumns(columns),
  rows: group.map((result) => createCells(result, columns)),
})}
${archives}
${notes.length > 0 ? html`<ul class="notes">${notes}</ul>` : emptyHtml}
<details><summary>Full protocol ${hash}</summary><pre>${JSON.stringify(fields, null, 2)}</pre></details></div>`;
}

const listMetrics = ([first]: ResultGroup<StoredResult>): string[] => Object.keys(first.metrics);
const isPublished = (group: ResultGroup<StoredResult>, metric: string): boolean =>
  group.some(({ published }) => published[metric] !== undefined);

function createTableColumns(columns: readonly ResultColumn[]): Column[] {
  const right = (title: string): Column => ({ title, align: 'right' });
  const values = columns.map(({ title }) => right(title));
  return [{ title: 'experiment' }, ...values, right('seeds'), { title: 'backend' }, { title: 'protocol' }];
}

function createCells(result: StoredResult, columns: readonly ResultColumn[]): (string | Html)[] {
  const { experiment, seeds, backend, protocol } = result;
  const values = columns.map((column) => formatWithInterval(column, result));
  return [experiment, ...values, String(seeds.length), backend, renderProse(`\`${protocol.hash}\``)];
}

function formatWithInterval({ format, getInterval }: ResultColumn, result: StoredResult): string | Html {
  const ends = getInterval?.(result);
  const text = format(result);
  return ends ? html`${text}<br><small>${formatValue(ends[0])} … ${formatValue(ends[1])}</small>` : text;
}

/** Means with intervals beside published values: a figure for the first metric and one for each published metric. */
export function createMeanFigures(group: ResultGroup<StoredResult>): Figure[] {
  return listMetrics(group).flatMap((metric) => createMeanFigure(group, metric));
}

/** Names the best, unless others cannot be told from it. */
function describeLeaders(
  [best, ...others]: readonly number[],
  points: readonly { readonly category: string; readonly x: number }[],
): string {
  const { category, x } = points[best!]!;
  if (others.length === 0) return `Best: ${category} with ${formatValue(x)}.`;
  const alike = others.map((at) => points[at]!.category).join(', ');
  return `Ahead: ${category} with ${formatValue(x)}; it cannot be told from ${alike}.`;
}

function createMeanFigure(group: ResultGroup<StoredResult>, metric: string): Figure[] {
  if (metric !== listMetrics(group)[0] && !isPublished(group, metric)) return [];
  if (group.length < 2 && !isPublished(group, metric)) return [];
  const names = shortenNames(group.map(({ experiment }) => experiment));
  const ours = group.map(({ metrics }, at) => {
    const [low, high] = computeInterval(metrics[metric]!) ?? [metrics[metric]!.mean, metrics[metric]!.mean];
    return { category: names[at]!, x: metrics[metric]!.mean, low, high };
  });
  const published = group.flatMap(({ published: { [metric]: x } }, at) =>
    x === undefined ? [] : [{ category: names[at]!, x, low: x, high: x }],
  );
  const leaders = findLeaders(
    metric,
    group.map(({ metrics }) => metrics[metric]!),
  );
  return [
    {
      id: createId('means', group[0].protocol.hash, metric),
      title: published.length > 0 ? `${metric}, ours and published` : metric,
      description: `Means with 95 % confidence intervals. ${describeLeaders(leaders, ours)}`,
      x: { label: metric, scale: chooseScale([...ours, ...published].flatMap(({ low, high }) => [low, high])) },
      series: [
        { name: 'ours', draw: 'intervals', intervals: ours },
        ...(published.length > 0 ? [{ name: 'published', draw: 'intervals', intervals: published } as const] : []),
      ],
    },
  ];
}
