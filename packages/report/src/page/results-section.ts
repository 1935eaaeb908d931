import type { Figure } from '../plots/figure.js';
import { formatProtocolTitle } from '../protocol-title.js';
import type { MetricResult, StoredResult } from '../result.js';
import { formatWithError, type ResultGroup } from '../result-tables.js';
import { type Column, figures, type Section, table } from './elements.js';
import { type Html, html, nothing, prose } from './html.js';
import { interval } from './interval.js';
import { bestOf, digits, idOf, shortNames } from './names.js';
import { scaleFor } from './scale.js';

/** One table per protocol: what was published, ours with its interval, and what that came from. */
export function resultsSection(groups: readonly ResultGroup<StoredResult>[]): Section {
  return {
    id: 'results',
    title: 'Results',
    body: html`<p>Mean ± standard error, and the interval that holds the mean with 95 %: over seeds where there are several, else over users. Rows share a table only if their protocols agree.</p>
${groups.map(groupOf)}`,
  };
}

function groupOf(group: ResultGroup<StoredResult>): Html {
  const { protocol } = group[0];
  const { hash, ...fields } = protocol;
  const notes = group.flatMap(({ experiment, note }) =>
    note === undefined ? [] : [html`<li><b>${experiment}</b>: ${note}</li>`],
  );
  return html`<h3 id="protocol-${hash}">${formatProtocolTitle(protocol)}</h3>
${table({ caption: `${formatProtocolTitle(protocol)}, seen items: ${protocol.seen}, protocol \`${hash}\``, columns: columnsOf(group), rows: group.map((result) => cellsOf(result, group)) })}
${notes.length > 0 ? html`<ul class="notes">${notes}</ul>` : nothing}
<details><summary>Protocol ${hash} in full</summary><pre>${JSON.stringify(fields, null, 2)}</pre></details>
${figures(createMeanFigures(group))}`;
}

const metricsOf = ([first]: ResultGroup<StoredResult>): string[] => Object.keys(first.metrics);
const isPublished = (group: ResultGroup<StoredResult>, metric: string): boolean =>
  group.some(({ published }) => published[metric] !== undefined);

function columnsOf(group: ResultGroup<StoredResult>): Column[] {
  const right = (title: string): Column => ({ title, align: 'right' });
  const metrics = metricsOf(group).flatMap((metric) => [
    ...(isPublished(group, metric) ? [right(`${metric} published`)] : []),
    right(metric),
  ]);
  return [{ title: 'experiment' }, ...metrics, right('seeds'), { title: 'backend' }, { title: 'protocol' }];
}

function cellsOf(
  { experiment, metrics, published, seeds, backend, protocol }: StoredResult,
  group: ResultGroup<StoredResult>,
): (string | Html)[] {
  const ours = metricsOf(group).flatMap((metric) => [
    ...(isPublished(group, metric) ? [published[metric] === undefined ? '–' : String(published[metric])] : []),
    withInterval(metrics[metric]!),
  ]);
  return [experiment, ...ours, String(seeds.length), backend, prose(`\`${protocol.hash}\``)];
}

function withInterval(result: MetricResult): Html {
  const ends = interval(result);
  return html`${formatWithError(result)}${ends ? html`<br><small>${digits(ends[0])} … ${digits(ends[1])}</small>` : nothing}`;
}

/** Means with their intervals, beside what was published: a figure for the first metric and one for each published metric. */
export function createMeanFigures(group: ResultGroup<StoredResult>): Figure[] {
  return metricsOf(group).flatMap((metric) => createMeanFigure(group, metric));
}

function createMeanFigure(group: ResultGroup<StoredResult>, metric: string): Figure[] {
  if (metric !== metricsOf(group)[0] && !isPublished(group, metric)) return [];
  if (group.length < 2 && !isPublished(group, metric)) return [];
  const names = shortNames(group.map(({ experiment }) => experiment));
  const ours = group.map(({ metrics }, at) => {
    const [low, high] = interval(metrics[metric]!) ?? [metrics[metric]!.mean, metrics[metric]!.mean];
    return { category: names[at]!, x: metrics[metric]!.mean, low, high };
  });
  const published = group.flatMap(({ published: { [metric]: x } }, at) =>
    x === undefined ? [] : [{ category: names[at]!, x, low: x, high: x }],
  );
  const best = bestOf(ours, ({ x }) => x, metric);
  return [
    {
      id: idOf('standing', group[0].protocol.hash, metric),
      title: published.length > 0 ? `${metric}, ours and published` : metric,
      description: `Means with intervals of 95 %. The best is ${digits(best.x)}, of ${best.category}.`,
      x: { label: metric, scale: scaleFor([...ours, ...published].flatMap(({ low, high }) => [low, high])) },
      series: [
        { name: 'ours', draw: 'intervals', intervals: ours },
        ...(published.length > 0 ? [{ name: 'published', draw: 'intervals', intervals: published } as const] : []),
      ],
    },
  ];
}
