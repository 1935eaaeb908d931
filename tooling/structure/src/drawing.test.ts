import { describe, expect, it } from 'vitest';
import { nameInDrawing, parseDrawing } from './drawing.js';

const drawing = parseDrawing(`
core ◀── engine ◀── layers ◀───── apps/*, examples
core ◀── metrics ◀─────────────── apps/*
kernels ◀┄┄ engine, examples (optional: loaded if it is there)
`);

const allowed = (name: string): string[] => [...drawing.get(name)!].sort();

describe('parseDrawing', () => {
  it('allows imports of names further left on a line', () => {
    expect(allowed('core')).toEqual([]);
    expect(allowed('layers')).toEqual(['core', 'engine']);
    expect(allowed('examples')).toEqual(['core', 'engine', 'kernels', 'layers']);
  });

  it('joins lines that share a name', () => {
    expect(allowed('apps/*')).toEqual(['core', 'engine', 'layers', 'metrics']);
  });

  it('applies a dotted arrow to the names that it joins only', () => {
    expect(allowed('engine')).toEqual(['core', 'kernels']);
    expect(allowed('kernels')).toEqual([]);
  });

  it('reports a circle', () => {
    expect(() => parseDrawing('a ◀── b\nb ◀── a')).toThrowErrorMatchingInlineSnapshot(
      `[Error: drawing: expected no circle, received one through a. Turn an arrow round.]`,
    );
  });
});

describe('nameInDrawing', () => {
  it('finds packages by name and apps by their folder', () => {
    expect(nameInDrawing(drawing, 'packages/core')).toBe('core');
    expect(nameInDrawing(drawing, 'apps/benchmarks')).toBe('apps/*');
    expect(nameInDrawing(drawing, 'examples')).toBe('examples');
    expect(nameInDrawing(drawing, 'packages/stranger')).toBeUndefined();
  });
});
