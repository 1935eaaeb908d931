import * as Plot from '@observablehq/plot';
import {
  DOMImplementation,
  XMLSerializer,
  type Document as XmlDocument,
  type Element as XmlElement,
} from '@xmldom/xmldom';
import { createCategoryAxis, createXAxes, createYAxis } from './axes.js';
import { createCategoryRows } from './category-rows.js';
import type { Axis, Figure, ParallelScale } from './figure.js';
import { createFrame } from './frame.js';
import { createLegend, defaultWidth } from './legend.js';
import { createMarks } from './marks.js';
import { createScaleMarks, createScaleTexts, measureScales } from './parallel-scales.js';
import {
  createSvgElement,
  estimateTextWidth,
  roundPositions,
  setAttributes,
  svgNamespace,
  toXmlText,
} from './svg-element.js';

export interface DrawOptions {
  /**
   * Whether the figure is part of a page that shows its title and contains `createPaletteCss` and `figureCss`.
   * Default: false, the SVG is a file of its own.
   */
  readonly inPage?: boolean;
}

const marginBottom = 36;

/** Default text anchor that Plot assumes. */
const middle = { 'text-anchor': 'middle' } as const;

/**
 * Draws a figure as SVG text: the same figure gives the same text.
 *
 * The figure follows the reader's color scheme and describes itself to screen readers.
 *
 * @example
 * await writeFile('speed.svg', drawFigure({
 *   id: 'speed',
 *   title: 'Training speed',
 *   description: 'native does 412 thousand examples per second, PyTorch 318 thousand.',
 *   x: { label: 'thousand examples per second' },
 *   series: [{ name: 'speed', draw: 'bars', bars: [
 *     { category: 'native', x: 412, text: '412' },
 *     { category: 'PyTorch', x: 318, text: '318' },
 *   ] }],
 * }));
 */
export function drawFigure(figure: Figure, { inPage = false }: DrawOptions = {}): string {
  const document = new DOMImplementation().createDocument(svgNamespace, 'svg', null);
  const { id, title, description, width = defaultWidth } = figure;
  const [legend, plot] = [drawLegend(figure, document), drawPlot(figure, document)];
  const frame = inPage ? undefined : createFrame(document, title, width);
  const top = frame?.height ?? 0;
  const height = top + legend.height + plot.height;
  const root = setAttributes(document.documentElement!, {
    class: 'figure',
    viewBox: `0 0 ${width} ${height}`,
    ...(inPage ? {} : { width: String(width), height: String(height) }),
    role: 'img',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-text`,
  });
  for (const part of [
    createSvgElement(document, 'title', { id: `${id}-title` }, title),
    createSvgElement(document, 'desc', { id: `${id}-text` }, description),
    ...(frame?.parts ?? []),
    createSvgElement(document, 'g', { ...middle, transform: `translate(0,${top})` }, legend.parts),
    createSvgElement(document, 'g', { ...middle, transform: `translate(0,${top + legend.height})` }, plot.parts),
  ])
    root.appendChild(part);
  roundPositions(root);
  return toXmlText(new XMLSerializer().serializeToString(root));
}

interface Drawn {
  readonly parts: readonly XmlElement[];
  readonly height: number;
}

function drawLegend(figure: Figure, document: XmlDocument): Drawn {
  const { height, marks } = createLegend(figure);
  if (height === 0) return { height, parts: [] };
  const pixels = { type: 'identity' } as const;
  return draw(
    { width: figure.width ?? defaultWidth, height, margin: 0, axis: null, x: pixels, y: pixels, marks: [...marks] },
    document,
  );
}

function drawPlot(figure: Figure, document: XmlDocument): Drawn {
  const { x, y, top, rules, scales, width = defaultWidth } = figure;
  if (scales) return drawScales(figure, scales, document);
  const rows = createCategoryRows(figure);
  const marginTop = top ? 44 : !rows ? 26 : rules ? 22 : 6;
  const height = figure.height ?? (rows ? marginTop + marginBottom + rows.height : 240);
  const options: Plot.PlotOptions = {
    width,
    height,
    marginLeft: rows ? estimateCategoryWidth(rows.categories) : estimateAxisWidth(y!),
    marginRight: 20 + estimateBarTextWidth(figure),
    marginTop,
    marginBottom,
    x: createScale(x),
    y: rows ? { type: 'band', domain: [...rows.keys], padding: 0.15 } : createScale(y!),
    marks: [
      ...createXAxes(figure),
      ...(rows
        ? [createCategoryAxis(rows, figure, (height - marginTop - marginBottom) / rows.keys.length)]
        : createYAxis(y!)),
      ...createMarks(figure, rows),
    ],
  };
  return draw(options, document);
}

function drawScales(figure: Figure, scales: readonly ParallelScale[], document: XmlDocument): Drawn {
  const { width = defaultWidth } = figure;
  const marks = [...createScaleMarks(scales), ...createMarks(figure, undefined), ...createScaleTexts(scales, width)];
  return draw({ ...measureScales(scales, width), axis: null, marks }, document);
}

function draw(options: Plot.PlotOptions, document: XmlDocument): Drawn {
  // Plot needs only a part of the DOM; xmldom provides it, and escapes text as XML requires.
  const plot = Plot.plot({
    ...options,
    document: document as unknown as Document,
    className: 'plot',
  }) as unknown as XmlElement;
  const parts = (Array.from(plot.childNodes) as XmlElement[]).filter(({ localName }) => localName !== 'style');
  return { parts, height: Number(plot.getAttribute('height')) };
}

/** Space for the names of categories, of which long ones may have wide letters. */
function estimateCategoryWidth(categories: readonly string[]): number {
  const longest = Math.max(...categories.map(estimateTextWidth));
  return 12 + longest + Math.max(0, Math.round((longest - 100) / 5));
}

/** Space for the tick labels that are known: 50 pixels suffice for seven digits. */
function estimateAxisWidth({ ticks = [], format = String }: Axis): number {
  return Math.max(50, ...ticks.map((tick) => 14 + estimateTextWidth(format(tick))));
}

function estimateBarTextWidth({ series }: Figure): number {
  const texts = series.flatMap((each) => (each.draw === 'bars' ? each.bars.map(({ text = '' }) => text) : []));
  return Math.max(0, ...texts.map(estimateTextWidth));
}

function createScale({ domain, scale = 'linear' }: Axis): Plot.ScaleOptions {
  return { type: scale, ...(domain ? { domain: [...domain] } : { nice: true }) };
}
