import { createHash } from 'node:crypto';
import { createPaletteCss, figureCss } from '../plots/palette.js';
import type { Section } from './elements.js';
import { asHtml, emptyHtml, type Html, html } from './html.js';
import { reportCss } from './report-css.js';
import { reportScript } from './report-script.js';

/** Content of an HTML page. */
export interface PageContent {
  readonly title: string;
  /** One sentence on what the page contains. */
  readonly summary: Html;
  /** What readers want first. */
  readonly sections: readonly Section[];
  /** What they look up: folded, below the others. Default none. */
  readonly details?: readonly Section[];
}

const scriptHash = createHash('sha256').update(reportScript).digest('base64');

/**
 * Renders a self-contained HTML page without fonts or images, and with a policy that forbids browsers to load any.
 * Pages with details have a script in the page, which filters and sorts.
 */
export function renderPage({ title, summary, sections, details = [] }: PageContent): string {
  const scripted = details.length > 0;
  const scripts = scripted ? `; script-src 'sha256-${scriptHash}'` : '';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${asHtml(scripts)}">
<title>${title}</title>
<style>
${asHtml([createPaletteCss(':root'), figureCss, reportCss].join('\n'))}
</style>
</head>
<body>
<header><h1>${title}</h1><p>${summary}</p></header>
<div class="bar"><nav aria-label="Sections"><ul>${[...sections, ...details].map(renderLink)}</ul></nav>
${scripted ? renderControls() : emptyHtml}</div>
<main>
${sections.map(renderSection)}${details.map(renderDetails)}</main>
${scripted ? html`<script>${asHtml(reportScript)}</script>` : emptyHtml}
</body>
</html>
`.html;
}

/** Controls of the script, which shows them. */
function renderControls(): Html {
  return html`<form class="controls" role="search" aria-label="Filter and order" hidden>
<label>Filter <input type="search" name="query" placeholder="model, data set, metric …" autocomplete="off"></label>
<label>Verdict <select name="verdict"><option value="">all</option><option value="yes">holds</option>
<option value="no">does not hold</option><option value="open">cannot be told</option></select></label>
<label>Models by <select name="order"><option value="score">score</option>
<option value="name">name</option></select></label>
<span role="status"></span></form>`;
}

function renderLink({ id, title }: Section): Html {
  return html`<li><a href="#${id}">${title}</a></li>`;
}

function renderSection({ id, title, body }: Section): Html {
  const heading = html`<h2 id="${id}-title">${title}</h2>`;
  return html`<section id="${id}" aria-labelledby="${id}-title">${heading}
${body}</section>
`;
}

function renderDetails({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><details class="details">
<summary><h2 id="${id}-title">${title}</h2></summary>
${body}</details></section>
`;
}
