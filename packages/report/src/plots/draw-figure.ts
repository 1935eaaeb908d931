import * as Plot from '@observablehq/plot';
import {
  DOMImplementation,
  XMLSerializer,
  type Document as XmlDocument,
  type Element as XmlElement,
} from '@xmldom/xmldom';
import type { Axis, Figure } from './figure.js';
import { defaultWidth, legendOf } from './legend.js';
import { marksOf } from './marks.js';
import { paletteCss } from './palette.js';
import { type Rows, rowsOf } from './rows.js';
import { fontSize, roundPlaces, setAttributes, svgElement, svgNamespace, textWidth } from './svg-element.js';

export interface DrawOptions {
  /** Whether the page around it shows the title and has `paletteCss` and `figureCss`; default: the SVG is a file of its own. */
  readonly inPage?: boolean;
}

/** What figures within a page need, once per page, beside the variables of `paletteCss`. */
export const figureCss: string = `.figure { color: var(--text); fill: currentColor; font: ${fontSize}px system-ui, sans-serif; display: block; width: 100%; height: auto; }
.figure text { white-space: pre; }`;

const titleHeight = 28;
const marginBottom = 36;

/** Where Plot expects its text to stand, unless it says so. */
const middle = { 'text-anchor': 'middle' } as const;

/**
 * Draws a figure as SVG text: the same figure gives the same text. It follows the colour scheme of whoever looks, and tells screen readers what it shows.
 *
 * @example
 * await writeFile('speed.svg', drawFigure({
 *   id: 'speed',
 *   title: 'Training speed',
 *   description: 'native does 412 thousand examples per second, PyTorch 318 thousand.',
 *   x: { label: 'thousand examples per second' },
 *   series: [{ name: 'speed', draw: 'bars', bars: [{ category: 'native', x: 412, text: '412' }, { category: 'PyTorch', x: 318, text: '318' }] }],
 * }));
 */
export function drawFigure(figure: Figure, { inPage = false }: DrawOptions = {}): string {
  const document = new DOMImplementation().createDocument(svgNamespace, 'svg', null);
  const { id, title, description, width = defaultWidth } = figure;
  const [legend, plot] = [drawnLegend(figure, document), drawnPlot(figure, document)];
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
    svgElement(document, 'title', { id: `${id}-title` }, title),
    svgElement(document, 'desc', { id: `${id}-text` }, description),
    ...(inPage ? [] : ownPage(document, title)),
    svgElement(document, 'g', { ...middle, transform: `translate(0,${top})` }, legend.parts),
    svgElement(document, 'g', { ...middle, transform: `translate(0,${top + legend.height})` }, plot.parts),
  ])
    root.appendChild(part);
  roundPlaces(root);
  return new XMLSerializer().serializeToString(root);
}

interface Drawn {
  readonly parts: readonly XmlElement[];
  readonly height: number;
}

/** What a figure has from its page, if it has one. */
function ownPage(document: XmlDocument, title: string): XmlElement[] {
  return [
    svgElement(document, 'style', {}, `${paletteCss('.figure')}\n${figureCss}`),
    svgElement(document, 'rect', { width: '100%', height: '100%', fill: 'var(--ground)' }),
    svgElement(document, 'text', { x: '2', y: '16', 'font-size': '14', 'font-weight': '600' }, title),
  ];
}

function drawnLegend(figure: Figure, document: XmlDocument): Drawn {
  const { height, marks } = legendOf(figure);
  if (height === 0) return { height, parts: [] };
  const pixels = { type: 'identity' } as const;
  return drawn(
    { width: figure.width ?? defaultWidth, height, margin: 0, axis: null, x: pixels, y: pixels, marks: [...marks] },
    document,
  );
}

function drawnPlot(figure: Figure, document: XmlDocument): Drawn {
  const { x, y, top, rules, width = defaultWidth } = figure;
  const rows = rowsOf(figure);
  const marginTop = top ? 44 : !rows ? 26 : rules ? 22 : 6;
  const height = figure.height ?? (rows ? marginTop + marginBottom + rows.height : 240);
  const options: Plot.PlotOptions = {
    width,
    height,
    marginLeft: rows ? 12 + Math.max(...rows.categories.map(textWidth)) : 50,
    marginRight: 20 + barTextWidth(figure),
    marginTop,
    marginBottom,
    x: scaleOf(x),
    y: rows ? { type: 'band', domain: [...rows.keys], padding: 0.15 } : scaleOf(y!),
    marks: [
      ...xAxes(figure),
      ...(rows ? [categoryAxis(rows, figure, (height - marginTop - marginBottom) / rows.keys.length)] : yAxis(y!)),
      ...marksOf(figure, rows),
    ],
  };
  return drawn(options, document);
}

function drawn(options: Plot.PlotOptions, document: XmlDocument): Drawn {
  // Plot asks for little of a document: xmldom has all of that, and escapes text as XML wants it.
  const plot = Plot.plot({
    ...options,
    document: document as unknown as Document,
    className: 'plot',
  }) as unknown as XmlElement;
  const parts = (Array.from(plot.childNodes) as XmlElement[]).filter(({ localName }) => localName !== 'style');
  return { parts, height: Number(plot.getAttribute('height')) };
}

function barTextWidth({ series }: Figure): number {
  const texts = series.flatMap((each) => (each.draw === 'bars' ? each.bars.map(({ text = '' }) => text) : []));
  return Math.max(0, ...texts.map(textWidth));
}

function scaleOf({ domain, scale = 'linear' }: Axis): Plot.ScaleOptions {
  return { type: scale, ...(domain ? { domain: [...domain] } : { nice: true }) };
}

const faint = { strokeOpacity: 0.12 };

function xAxes({ x, top }: Figure): Plot.Markish[] {
  return [
    Plot.gridX({ ...faint, ...ticksOf(x) }),
    Plot.axisX({ anchor: 'bottom', label: x.label, ...ticksOf(x), ...formatOf(x) }),
    ...(top ? [topAxis(top)] : []),
  ];
}

function yAxis(y: Axis): Plot.Markish[] {
  return [
    Plot.gridY({ ...faint, ...ticksOf(y) }),
    Plot.axisY({ anchor: 'left', label: y.label, ...ticksOf(y), ...formatOf(y) }),
  ];
}

/** Each category once, in the middle of its rows. */
function categoryAxis({ categories, keyOf }: Rows, { series }: Figure, step: number): Plot.Markish {
  const middleRow = Math.floor(series.length / 2);
  const names = new Map(categories.map((category) => [keyOf(category, middleRow), category]));
  return Plot.axisY([...names.keys()], {
    anchor: 'left',
    label: null,
    tickSize: 0,
    tickFormat: (key: string) => names.get(key)!,
    dy: series.length % 2 === 0 ? -step / 2 : 0,
  });
}

const ticksOf = ({ ticks }: Axis): { ticks?: number[] } => (ticks ? { ticks: [...ticks] } : {});

/** Plot writes thousandths of a logarithmic scale as `m`. */
function formatOf({ format, scale }: Axis): { tickFormat?: string | ((value: number) => string) } {
  if (format) return { tickFormat: format };
  return scale === 'log' ? { tickFormat: '~g' } : {};
}

function topAxis({ label, ticks }: NonNullable<Figure['top']>): Plot.Markish {
  const texts = new Map(ticks.map(({ at, text }) => [at, text]));
  return Plot.axisX(
    ticks.map(({ at }) => at),
    { anchor: 'top', label, tickFormat: (at: number) => texts.get(at) ?? '' },
  );
}
