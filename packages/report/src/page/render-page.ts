import { createPaletteCss, figureCss } from '../plots/palette.js';
import type { Section } from './elements.js';
import { asHtml, type Html, html } from './html.js';
import { reportCss } from './report-css.js';

/** Content of an HTML page. */
export interface PageContent {
  readonly title: string;
  /** One sentence on what the page contains. */
  readonly summary: Html;
  readonly sections: readonly Section[];
}

/** Renders a self-contained HTML page: no scripts, fonts or images, and a policy that forbids browsers to load any. */
export function renderPage({ title, summary, sections }: PageContent): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${asHtml([createPaletteCss(':root'), figureCss, reportCss].join('\n'))}
</style>
</head>
<body>
<header><h1>${title}</h1><p>${summary}</p>
<nav aria-label="Sections"><ul>${sections.map(renderLink)}</ul></nav></header>
<main>
${sections.map(renderSection)}</main>
</body>
</html>
`.html;
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
