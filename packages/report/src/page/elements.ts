import { drawFigure } from '../plots/draw-figure.js';
import type { Figure } from '../plots/figure.js';
import { asHtml, emptyHtml, type Html, html, renderProse } from './html.js';

/** A chapter of the report, listed at its head. */
export interface Section {
  /** Of the link to it. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

export interface TableContent {
  readonly caption: string;
  /** The first one has the names of the rows. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | Html)[])[];
}

/** A table in a box that scrolls by itself where the page is too narrow, with the keyboard as well. */
export function renderTable({ caption, columns, rows }: TableContent): Html {
  const style = (at: number) => (columns[at]?.align === 'right' ? asHtml(' class="number"') : emptyHtml);
  const cells = ([name = '', ...others]: readonly (string | Html)[]) =>
    html`<tr><th scope="row">${typeof name === 'string' ? allowBreaks(name) : name}</th>${others.map((cell, at) => html`<td${style(at + 1)}>${cell}</td>`)}</tr>`;
  return html`<div class="scroll" role="region" aria-label="${caption.replaceAll('`', '')}" tabindex="0"><table>
<caption><span>${renderProse(caption)}</span></caption>
<thead><tr>${columns.map(({ title }, at) => html`<th scope="col"${style(at)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(cells)}</tbody>
</table></div>`;
}

/** May go on in the next line after a slash. */
function allowBreaks(name: string): Html {
  return html`${name.split('/').map((piece, at) => (at === 0 ? piece : html`/<wbr>${piece}`))}`;
}

/** A figure under its title, with what there is to see. */
export function renderFigure(content: Figure): Html {
  return html`<figure><figcaption><strong>${content.title}</strong><p>${content.description}</p></figcaption>
${asHtml(drawFigure(content, { inPage: true }))}</figure>`;
}

/** Figures beside each other, as many as there is room for. */
export function renderFigures(contents: readonly Figure[]): Html {
  return contents.length === 0 ? emptyHtml : html`<div class="figures">${contents.map(renderFigure)}</div>`;
}

/** What to type where there is nothing to show. */
export function renderHint(text: string): Html {
  return html`<p class="missing">${renderProse(text)}</p>`;
}
