import { toPrintable } from './printable.js';

/**
 * Makes a value harmless in Markdown, in tables too: control characters become symbols; backslashes, backquotes, pipes
 * and the beginnings of tags are escaped.
 *
 * @example
 * toMarkdownText('a|b<i>') // 'a\\|b&lt;i>'
 */
export function toMarkdownText(text: string): string {
  return toPrintable(text)
    .replace(/[\\`|]/g, (character) => `\\${character}`)
    .replaceAll('<', '&lt;');
}

/** Puts a value into a code span of Markdown, in tables too; its backquotes become apostrophes. */
export function toMarkdownCode(text: string): string {
  return `\`${toPrintable(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** The text that `toMarkdownText` has escaped, and that of code spans without their backquotes. */
export function fromMarkdownText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)`/g, '')
    .replace(/\\([\\`|])/g, '$1')
    .replaceAll('&lt;', '<');
}
