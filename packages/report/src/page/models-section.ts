import { formatProtocolTitle } from '../format-protocol-title.js';
import type { MetricResult, StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import type { Section } from './elements.js';
import { findBaseline } from './find-baseline.js';
import { emptyHtml, type Html, html } from './html.js';
import { createStripScale, drawIntervalStrip, type StripScale } from './interval-strip.js';
import { formatValue, isErrorMetric, shortenNames } from './names.js';

/** Rows of a board before the others are folded. */
const shown = 6;

/** The models of each protocol, ordered by score, with the baseline marked. */
export function renderModelsSection(groups: readonly ResultGroup<StoredResult>[]): Section {
  const boards = groups.filter((group) => group.length > 1 && !isOnTrainingData(group));
  const others = groups.length - boards.length;
  return {
    id: 'models',
    title: 'Models by score',
    body: html`<p>Best first, by the first metric of each protocol. ${renderKey()}
${others > 0 ? `${describeOthers(others)} below.` : ''}</p>
<div class="boards">${boards.map(renderBoard)}</div>`,
  };
}

const describeOthers = (count: number): string =>
  count === 1
    ? 'One protocol with a single experiment, or evaluated on its training data, is among the results'
    : `${count} protocols with a single experiment, or evaluated on their training data, are among the results`;

function isOnTrainingData([{ protocol }]: ResultGroup<StoredResult>): boolean {
  return formatProtocolTitle(protocol).includes('evaluated on its training data');
}

function renderKey(): Html {
  const sample = { from: 0, to: 1, baseline: 0.15 };
  const result = { mean: 0.55, standardError: 0.035, userError: 0.17, values: [0.5, 0.55, 0.6] };
  return html`<span class="key">${drawIntervalStrip(result, sample)} mean with 95 % intervals:
<b>thick</b> over seeds, <b>thin</b> over users; dashed: the baseline.</span>`;
}

interface Row {
  readonly name: string;
  readonly metric: MetricResult;
  readonly result: StoredResult;
}

function renderBoard(group: ResultGroup<StoredResult>): Html {
  const metric = Object.keys(group[0].metrics)[0]!;
  const sign = isErrorMetric(metric) ? -1 : 1;
  const names = dropCommonWords(shortenNames(group.map(({ experiment }) => experiment)));
  const rows = group
    .map((result, at): Row => ({ name: names[at]!, result, metric: result.metrics[metric]! }))
    .sort((one, other) => sign * (other.metric.mean - one.metric.mean));
  const baseline = findBaseline(group, metric);
  const scale = chooseScale(rows, baseline?.metrics[metric]?.mean, sign);
  const [best] = rows as [Row, ...Row[]];
  const render = (row: Row) => renderRow(row, metric, scale, row.result === baseline);
  // The baseline is never folded.
  const top = rows.filter((row, at) => at < shown || row.result === baseline);
  const rest = rows.filter((row) => !top.includes(row));
  const folder = group[0].experiment.split('/')[0]!;
  const [title = '', ...splits] = formatProtocolTitle(group[0].protocol).split(' · ');
  const marked = rows.find(({ result }) => result === baseline);
  const about = `${splits.join(' · ')}. ${describeBest(best, marked, metric)}`;
  return html`<details class="card board phone-folded" data-filter data-find="${[...splits, metric].join(' ')}" open>
<summary><h3>${folder}: ${title}</h3> <span class="about">${about}</span></summary>
${renderRows(top.map(render), metric)}
${
  rest.length > 0
    ? html`<details class="rest"><summary>${rest.length} more</summary>
${renderRows(rest.map(render), metric)}</details>`
    : emptyHtml
}</details>`;
}

/** Names without the words that all begin with, such as that of the data. */
function dropCommonWords(names: readonly string[]): string[] {
  const words = names.map((name) => name.split('-'));
  const shortest = Math.min(...words.map(({ length }) => length));
  let common = 0;
  while (common < shortest - 1 && words.every((each) => each[common] === words[0]![common])) common += 1;
  return words.map((each) => each.slice(common).join('-'));
}

function renderRows(rows: readonly Html[], metric: string): Html {
  return html`<table><thead><tr><th scope="col">experiment</th><th scope="col" class="number">${metric}</th>
<th scope="col">intervals</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function renderRow({ name, metric, result }: Row, title: string, scale: StripScale, isBaseline: boolean): Html {
  const published = result.published[title];
  const mark = isBaseline ? html` <span class="baseline">baseline</span>` : emptyHtml;
  const note = published === undefined ? emptyHtml : html` <small>published ${String(published)}</small>`;
  const style = isBaseline ? html` class="is-baseline"` : emptyHtml;
  return html`<tr data-name="${name}"${style}>
<th scope="row">${name.split(/(?<=[/-])/).map((piece) => html`${piece}<wbr>`)}${mark}${note}</th>
<td class="number">${metric.mean.toFixed(4)}</td><td>${drawIntervalStrip(metric, scale)}</td></tr>`;
}

/** Experiments that are worse than the baseline are arrows at the end of the scale, unless only two would be left. */
function chooseScale(rows: readonly Row[], baseline: number | undefined, sign: number): StripScale {
  const near = rows.filter(({ metric }) => baseline === undefined || sign * (metric.mean - baseline) >= 0);
  return createStripScale(
    (near.length > 2 ? near : rows).map(({ metric }) => metric),
    baseline,
  );
}

function describeBest(best: Row, baseline: Row | undefined, metric: string): string {
  const value = `${best.name} ${formatValue(best.metric.mean)}`;
  const smaller = isErrorMetric(metric) ? ' (smaller is better)' : '';
  if (!baseline || baseline === best || baseline.metric.mean === 0) return `Best: ${value}${smaller}.`;
  const change = 100 * (best.metric.mean / baseline.metric.mean - 1);
  const kind = isErrorMetric(metric) ? 'below' : 'above';
  return `Best: ${value}${smaller}, ${Math.abs(change).toFixed(Math.abs(change) < 10 ? 1 : 0)} % ${kind} the baseline.`;
}
