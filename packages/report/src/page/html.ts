/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Part[];

/** HTML around values; whatever is not HTML already is text, and escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, at) => text + toHtmlText(parts[at - 1]!) + string) };
}

/** What another part of the program wrote as HTML, SVG or CSS. */
export function asHtml(text: string): Html {
  return { html: text };
}

export const emptyHtml: Html = asHtml('');

/** Text in which `code` stands between backticks. */
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

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter]!);
}
