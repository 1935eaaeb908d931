import { describe, expect, it } from 'vitest';
import { createPaletteCss, getColor, getDash, getSymbol, symbols } from './palette.js';

describe('palette', () => {
  it('repeats colors after seven series, with other symbols and dashes', () => {
    const looks = Array.from({ length: 14 }, (_, series) =>
      [getColor(series), getSymbol(series), getDash(series)].join(),
    );
    expect(getColor(7)).toBe(getColor(0));
    expect(getSymbol(7)).not.toBe(getSymbol(0));
    expect(new Set(looks).size).toBe(14);
    expect(symbols).toContain(getSymbol(13));
  });

  it('gives every series a contrast of 3 : 1 with its background', () => {
    const [light, dark] = createPaletteCss(':root').split('\n');
    for (const scheme of [light!, dark!]) {
      const [, ground] = /--ground: (#\w+)/.exec(scheme)!;
      const colors = [...scheme.matchAll(/--series-\d: (#\w+)/g)].map(([, color]) => color!);
      expect(colors).toHaveLength(7);
      for (const color of colors) expect(computeContrast(color, ground!)).toBeGreaterThan(3);
    }
  });
});

/** Contrast of two colors, from 1 to 21, as WCAG 2 defines it. */
function computeContrast(one: string, other: string): number {
  const [lighter, darker] = [one, other].map(computeLuminance).sort((a, b) => b - a);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function computeLuminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
