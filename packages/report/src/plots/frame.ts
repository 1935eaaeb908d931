import type { Document as XmlDocument, Element as XmlElement } from '@xmldom/xmldom';
import { createPaletteCss, figureCss } from './palette.js';
import { createSvgElement } from './svg-element.js';

const titleHeight = 28;
const titleLineHeight = 18;

/** Style, background and title of a figure outside a page. */
export function createFrame(
  document: XmlDocument,
  title: string,
  width: number,
): { readonly height: number; readonly parts: readonly XmlElement[] } {
  const lines = wrapTitle(title, width);
  const parts = [
    createSvgElement(document, 'style', {}, `${createPaletteCss('.figure')}\n${figureCss}`),
    createSvgElement(document, 'rect', { width: '100%', height: '100%', fill: 'var(--ground)' }),
    ...lines.map((line, at) =>
      createSvgElement(
        document,
        'text',
        { x: '2', y: String(16 + titleLineHeight * at), 'font-size': '14', 'font-weight': '600' },
        line,
      ),
    ),
  ];
  return { height: titleHeight + titleLineHeight * (lines.length - 1), parts };
}

/** Breaks a title into lines that fit into the width, within words where a word is longer. */
function wrapTitle(title: string, width: number): string[] {
  const length = Math.floor(width / 8.4); // bold letters of 14 pixels
  const words = title.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${length}}`, 'gsu')) ?? [word]);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
