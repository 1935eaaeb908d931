import { readFile } from 'node:fs/promises';
import { figureCss } from '../plots/draw-figure.js';
import { createPaletteCss } from '../plots/palette.js';
import type { Section } from './elements.js';
import { asHtml, type Html, html } from './html.js';

export interface PageContent {
  readonly title: string;
  /** What the page is made of, in a sentence. */
  readonly summary: Html;
  readonly sections: readonly Section[];
}

/** A page that needs nothing beside itself: no script, no font, no picture, and a browser is told to load none. */
export async function renderPage({ title, summary, sections }: PageContent): Promise<string> {
  const css = await readFile(new URL('report.css', import.meta.url), 'utf8');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${asHtml([createPaletteCss(':root'), figureCss, css].join('\n'))}
</style>
</head>
<body>
<header><h1>${title}</h1><p>${summary}</p>
<nav aria-label="Sections"><ul>${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}</ul></nav></header>
<main>
${sections.map(
  (
    section,
  ) => html`<section id="${section.id}" aria-labelledby="${section.id}-title"><h2 id="${section.id}-title">${section.title}</h2>
${section.body}</section>
`,
)}</main>
</body>
</html>
`.html;
}
