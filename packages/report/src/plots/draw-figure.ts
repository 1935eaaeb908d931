import * as Plot from '@observablehq/plot';
import {
  DOMImplementation,
  XMLSerializer,
  type Document as XmlDocument,
  type Element as XmlElement,
} from '@xmldom/xmldom';
import { type CategoryRows, createCategoryRows } from './category-rows.js';
import type { Axis, Figure } from './figure.js';
import { createLegend, defaultWidth } from './legend.js';
import { createMarks } from './marks.js';
import { createPaletteCss } from './palette.js';
import {
  createSvgElement,
  estimateTextWidth,
  fontSize,
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

/** CSS of figures within a page, once per page, in addition to the variables of `createPaletteCss`. */
export const figureCss: string = [
  `.figure { color: var(--text); fill: currentColor; font: ${fontSize}px system-ui, sans-serif;`,
  ' display: block; width: 100%; height: auto; }\n',
  '.figure text { white-space: pre; }',
].join('');

const titleHeight = 28;
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
  const top = inPage ? 0 : titleHeight;
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
    ...(inPage ? [] : createFrame(document, title)),
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

/** Style, background and title of a figure outside a page. */
function createFrame(document: XmlDocument, title: string): XmlElement[] {
  return [
    createSvgElement(document, 'style', {}, `${createPaletteCss('.figure')}\n${figureCss}`),
    createSvgElement(document, 'rect', { width: '100%', height: '100%', fill: 'var(--ground)' }),
    createSvgElement(document, 'text', { x: '2', y: '16', 'font-size': '14', 'font-weight': '600' }, title),
  ];
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
  const { x, y, top, rules, width = defaultWidth } = figure;
  const rows = createCategoryRows(figure);
  const marginTop = top ? 44 : !rows ? 26 : rules ? 22 : 6;
  const height = figure.height ?? (rows ? marginTop + marginBottom + rows.height : 240);
  const options: Plot.PlotOptions = {
    width,
    height,
    marginLeft: rows ? 12 + Math.max(...rows.categories.map(estimateTextWidth)) : 50,
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

function estimateBarTextWidth({ series }: Figure): number {
  const texts = series.flatMap((each) => (each.draw === 'bars' ? each.bars.map(({ text = '' }) => text) : []));
  return Math.max(0, ...texts.map(estimateTextWidth));
}

function createScale({ domain, scale = 'linear' }: Axis): Plot.ScaleOptions {
  return { type: scale, ...(domain ? { domain: [...domain] } : { nice: true }) };
}

const faint = { strokeOpacity: 0.12 };

function createXAxes({ x, top }: Figure): Plot.Markish[] {
  return [
    Plot.gridX({ ...faint, ...getTicks(x) }),
    Plot.axisX({ anchor: 'bottom', label: x.label, ...getTicks(x), ...getFormat(x) }),
    ...(top ? [createTopAxis(top)] : []),
  ];
}

function createYAxis(y: Axis): Plot.Markish[] {
  return [
    Plot.gridY({ ...faint, ...getTicks(y) }),
    Plot.axisY({ anchor: 'left', label: y.label, ...getTicks(y), ...getFormat(y) }),
  ];
}

/** Labels each category once, in the middle of its rows. */
function createCategoryAxis({ categories, getKey }: CategoryRows, { series }: Figure, step: number): Plot.Markish {
  const middleRow = Math.floor(series.length / 2);
  const names = new Map(categories.map((category) => [getKey(category, middleRow), category]));
  return Plot.axisY([...names.keys()], {
    anchor: 'left',
    label: null,
    tickSize: 0,
    tickFormat: (key: string) => names.get(key)!,
    dy: series.length % 2 === 0 ? -step / 2 : 0,
  });
}

const getTicks = ({ ticks }: Axis): { ticks?: number[] } => (ticks ? { ticks: [...ticks] } : {});

/** Without a format Plot writes thousandths on a logarithmic scale as `m`. */
function getFormat({ format, scale }: Axis): { tickFormat?: string | ((value: number) => string) } {
  if (format) return { tickFormat: format };
  return scale === 'log' ? { tickFormat: '~g' } : {};
}

function createTopAxis({ label, ticks }: NonNullable<Figure['top']>): Plot.Markish {
  const texts = new Map(ticks.map(({ at, text }) => [at, text]));
  return Plot.axisX(
    ticks.map(({ at }) => at),
    { anchor: 'top', label, tickFormat: (at: number) => texts.get(at) ?? '' },
  );
}
