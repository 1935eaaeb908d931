import { toPrintableLines } from '@footlight/core';

/** Text that is HTML. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Part[];

/** Template tag for HTML. It escapes values that are not `Html`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, at) => text + toHtmlText(parts[at - 1]!) + string) };
}

/** Marks text as HTML, SVG or CSS that needs no escaping. */
export function asHtml(text: string): Html {
  return { html: text };
}

export const emptyHtml: Html = asHtml('');

/** Renders text; parts between backticks become `code`. */
export function renderProse(text: string): Html {
  return html`${text.split('`').map((piece, at) => (at % 2 === 0 ? piece : html`<code>${piece}</code>`))}`;
}

function toHtmlText(part: Part): string {
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(toHtmlText).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters become symbols; so do signs that reverse the direction of the text around them. */
function escapeText(text: string): string {
  return toPrintableLines(text).replace(/[&<>"']/g, (letter) => entities[letter]!);
}
