import { toPrintableLines } from '@footlight/core';
import type { Document, Element } from '@xmldom/xmldom';

export const svgNamespace = 'http://www.w3.org/2000/svg';

/** Size of all text within a figure except its title, in pixels. */
export const fontSize = 11;

export type Attributes = Readonly<Record<string, string>>;

/** Creates an SVG element that contains other elements or text. */
export function createSvgElement(
  document: Document,
  name: string,
  attributes: Attributes,
  content: string | readonly Element[] = [],
): Element {
  const element = setAttributes(document.createElementNS(svgNamespace, name), attributes);
  if (typeof content === 'string') element.textContent = content;
  else for (const child of content) element.appendChild(child);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): Element {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Estimates the width of a text in pixels; no font is available to measure it. */
export function estimateTextWidth(text: string): number {
  return Math.ceil(text.length * fontSize * 0.58);
}

const places = ['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height', 'transform'];

/** Rounds all positions to tenths of a pixel, which halves the size of the SVG. */
export function roundPositions(root: Element): void {
  for (const element of Array.from(root.getElementsByTagName('*')))
    for (const name of places) {
      const value = element.getAttribute(name);
      if (value?.includes('.') && !value.endsWith('em'))
        element.setAttribute(name, value.replace(/-?\d+\.\d+/g, roundToTenths));
    }
}

const roundToTenths = (number: string): string => String(Math.round(Number(number) * 10) / 10);

/** XML allows no control characters, not even escaped, and neither U+FFFE nor U+FFFF. */
export function toXmlText(text: string): string {
  return toPrintableLines(text).replace(/[\ufffe\uffff]/g, '\ufffd');
}
