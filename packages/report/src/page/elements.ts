import { drawFigure } from '../plots/draw-figure.js';
import type { Figure } from '../plots/figure.js';
import { asHtml, emptyHtml, type Html, html, renderProse } from './html.js';

/** A section of the report. The navigation at the top links to it. */
export interface Section {
  /** Target of the link to this section. */
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
  /** The first column holds the headings of the rows. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | Html)[])[];
}

/** Renders a table in a box that scrolls, with the keyboard too, where the page is too narrow. */
export function renderTable({ caption, columns, rows }: TableContent): Html {
  const style = (at: number) => (columns[at]?.align === 'right' ? asHtml(' class="number"') : emptyHtml);
  const cells = ([name = '', ...others]: readonly (string | Html)[]) => {
    const heading = html`<th scope="row">${typeof name === 'string' ? allowBreaks(name) : name}</th>`;
    return html`<tr>${heading}${others.map((cell, at) => html`<td${style(at + 1)}>${cell}</td>`)}</tr>`;
  };
  return html`<div class="scroll" role="region" aria-label="${caption.replaceAll('`', '')}" tabindex="0"><table>
<caption><span>${renderProse(caption)}</span></caption>
<thead><tr>${columns.map(({ title }, at) => html`<th scope="col"${style(at)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(cells)}</tbody>
</table></div>`;
}

/** Allows a line break after each slash. */
function allowBreaks(name: string): Html {
  return html`${name.split('/').map((piece, at) => (at === 0 ? piece : html`/<wbr>${piece}`))}`;
}

/** Renders a figure below its title and description. */
export function renderFigure(content: Figure): Html {
  return html`<figure><figcaption><strong>${content.title}</strong><p>${content.description}</p></figcaption>
${asHtml(drawFigure(content, { inPage: true }))}</figure>`;
}

/** Renders figures side by side, as many as fit into the width. */
export function renderFigures(contents: readonly Figure[]): Html {
  return contents.length === 0 ? emptyHtml : html`<div class="figures">${contents.map(renderFigure)}</div>`;
}

/** Renders a hint where a section has no content: what to run to get some. */
export function renderHint(text: string): Html {
  return html`<p class="missing">${renderProse(text)}</p>`;
}
