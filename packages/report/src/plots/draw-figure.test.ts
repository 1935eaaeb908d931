import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { drawFigure } from './draw-figure.js';
import type { Figure } from './figure.js';

const figure: Figure = {
  id: 'speed',
  title: 'Speed & <memory>',
  description: 'native is ahead.',
  x: { label: 'thousand examples per second' },
  series: [
    { name: 'ours', draw: 'bars', bars: [{ category: 'bpr', x: 412, low: 400, high: 420, text: '412' }] },
    { name: 'theirs', draw: 'bars', bars: [{ category: 'bpr', x: 318, text: '318' }] },
  ],
};

const curve: Figure = {
  id: 'curve',
  title: 'Loss',
  description: 'It falls.',
  x: { label: 'epoch', domain: [0, 2] },
  y: { label: 'loss (nats)', domain: [0, 1] },
  series: [{ name: 'loss', draw: 'line', points: [0.5, 0.25, 0.125].map((y, x) => ({ x, y })) }],
};

const parse = (svg: string) =>
  new DOMParser({
    onError(level, message) {
      if (!message.includes('Unicode replacement character')) expect.fail(`${level}: ${message}`);
    },
  }).parseFromString(svg, 'image/svg+xml');
const texts = (svg: string) => Array.from(parse(svg).getElementsByTagName('text'), ({ textContent }) => textContent);

describe('drawFigure', () => {
  it('writes well-formed SVG with title, description, legend, labels and values, all escaped', () => {
    const svg = drawFigure(figure);
    const root = parse(svg).documentElement!;
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-labelledby')).toBe('speed-title');
    expect(root.getAttribute('aria-describedby')).toBe('speed-text');
    expect(root.getElementsByTagName('title')[0]!.textContent).toBe('Speed & <memory>');
    expect(root.getElementsByTagName('desc')[0]!.textContent).toBe('native is ahead.');
    expect(svg).toContain('Speed &amp; &lt;memory&gt;');
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'Speed & <memory>',
        'ours',
        'theirs',
        'bpr',
        '412',
        '318',
        'thousand examples per second →',
      ]),
    );
  });

  it('shows characters that XML does not allow as symbols, wherever a text stands', () => {
    const forbidden = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('') + '\ufffe\uffff';
    const hostile = `a${forbidden}\u009b31m\u202eb`;
    for (const inPage of [false, true]) {
      const svg = drawFigure(
        {
          id: 'hostile',
          title: hostile,
          description: hostile,
          x: { label: hostile },
          top: { label: hostile, ticks: [{ at: 1, text: hostile }] },
          series: [
            { name: hostile, draw: 'bars', bars: [{ category: hostile, x: 2, text: hostile }] },
            { name: 'other', draw: 'bars', bars: [{ category: hostile, x: 1 }] },
          ],
        },
        { inPage },
      );
      expect(svg).not.toMatch(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]|[\u0080-\u009f\u202e]/);
      expect(texts(svg)).toEqual(expect.arrayContaining([expect.stringContaining('a␀␁␂␃␄␅␆␇␈')]));
    }
  });

  it('gives the same text for the same figure', () => {
    expect(drawFigure(figure)).toBe(drawFigure(structuredClone(figure)));
  });

  // 360 pixels wide, with margins of 50 to the left and 20 to the right; 240 high, with 26 above and 36 below
  it('draws values at their positions', () => {
    // x: 50, 50 + 290 / 2, 340; y: 26 + 178 · (1 − 0.5) = 115, 26 + 178 · 0.75 = 159.5, 26 + 178 · 0.875 = 181.75
    expect(drawFigure(curve)).toContain('d="M50,115L195,159.5L340,181.8"');
  });

  it('has no legend for one series, and style and visible title only outside a page', () => {
    const alone = drawFigure(curve);
    expect(texts(alone)).toContain('Loss');
    expect(texts(alone)).not.toContain('loss');
    expect(alone).toContain('prefers-color-scheme: dark');
    const within = drawFigure(curve, { inPage: true });
    expect(texts(within)).not.toContain('Loss');
    expect(within).not.toContain('<style');
  });

  it('breaks a long title into lines within the width', () => {
    const title = `${'word '.repeat(20)}${'long'.repeat(30)}`;
    const lines = texts(drawFigure({ ...curve, title })).filter((text) => /word|long/.test(text ?? ''));
    expect(lines.join(' ').replaceAll(' ', '')).toBe(title.replaceAll(' ', ''));
    for (const line of lines) expect(line!.length).toBeLessThanOrEqual(360 / 8);
  });

  it('draws columns on top of others, spans, steps, and scales one below the other', () => {
    // 290 pixels for x from 0 to 2, 178 for y from 0 to 1, from 50 and 26 on
    const columns = drawFigure(
      { ...curve, series: [{ name: 'top', draw: 'columns', columns: [{ from: 0, to: 2, y: 0.5, base: 0.25 }] }] },
      { inPage: true },
    );
    expect(columns).toMatch(/<rect [^>]*y="70.5"[^>]*height="89"/); // 26 + 178 · 0.25; 178 · 0.5
    const spans = drawFigure(
      {
        ...curve,
        y: { label: '', domain: [1.5, 0.5] },
        series: [{ name: 'a', draw: 'spans', spans: [{ from: 0, to: 1, y: 1 }] }],
      },
      { inPage: true },
    );
    expect(spans).toMatch(/<rect [^>]*x="50"[^>]*width="145"/);
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: 0 },
    ];
    const steps = drawFigure(
      { ...curve, series: [{ name: 'a', draw: 'line', shape: 'steps', points }] },
      { inPage: true },
    );
    expect(steps).toContain('d="M50,26L195,26L195,204"');
    const { y, ...withoutY } = curve;
    const scales = drawFigure({
      ...withoutY,
      scales: [
        { label: 'rate', ticks: [{ at: 0, text: '0.1' }] },
        { label: 'dim', ticks: [{ at: 1, text: '64' }] },
      ],
      series: [{ name: 'a', draw: 'line', points: points.map(({ x, y: at }, row) => ({ x: x + at / 2, y: row })) }],
    });
    expect(scales).toContain('d="M180,24L344,72"'); // 16 + 328 · 0.5 … 16 + 328; rows 48 pixels apart
    expect(texts(scales)).toEqual(expect.arrayContaining(['rate', '0.1', 'dim', '64']));
  });

  it('uses the look that a series names, and marks points without neighbors', () => {
    const points = [0.5, Number.NaN, 0.25].map((y, x) => ({ x, y }));
    const svg = drawFigure(
      { ...curve, series: [{ name: 'loss', draw: 'line', look: 3, emphasis: 'faint', points }] },
      { inPage: true },
    );
    expect(svg).toContain('var(--series-4)');
    expect(svg.match(/transform="translate\((50,115|340,159.5)\)"/g)).toHaveLength(2);
  });

  it('draws each run of a line separately, all in one color', () => {
    const points = [41, 43].flatMap((run) => [0, 1].map((x) => ({ x, y: x / run, run })));
    const svg = drawFigure({ ...curve, series: [{ name: 'loss', draw: 'line', points }] }, { inPage: true });
    expect(svg.match(/d="M50,[\d.]+L195,[\d.]+"/g)).toHaveLength(2);
    expect(svg).toContain('var(--series-1)');
    expect(svg).not.toContain('var(--series-2)');
  });

  it('has a second scale above, and labeled lines across', () => {
    const svg = drawFigure({
      ...curve,
      top: {
        label: 'β',
        ticks: [
          { at: 0, text: '0' },
          { at: 2, text: '0.35' },
        ],
      },
      rules: [
        { x: 1, label: 'best' },
        { y: 0.4, label: 'published 0.4' },
      ],
    });
    expect(texts(svg)).toEqual(expect.arrayContaining(['0.35', 'β →', 'best', 'published 0.4']));
  });

  it('draws points, columns and intervals', () => {
    const drawings: Figure['series'] = [
      { name: 'points', draw: 'points', points: [{ x: 1, y: 1, note: 'epoch 3' }] },
      { name: 'columns', draw: 'columns', columns: [{ from: 0, to: 0.5, y: 2 }] },
    ];
    for (const series of drawings) expect(drawFigure({ ...curve, series: [series] })).toContain('var(--series-1)');
    expect(drawFigure({ ...curve, series: [drawings[0]!] })).toContain('<title>epoch 3</title>');
    const { y, ...withoutY } = curve;
    const forest = drawFigure({
      ...withoutY,
      series: [{ name: 'difference', draw: 'intervals', intervals: [{ category: 'deep', x: 1, low: 0.5, high: 1.5 }] }],
    });
    expect(texts(forest)).toContain('deep');
  });
});
