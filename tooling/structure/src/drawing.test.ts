import { describe, expect, it } from 'vitest';
import { nameInDrawing, parseDrawing } from './drawing.js';

const drawing = parseDrawing(`
core ◀── engine ◀── layers ◀───── apps/*, examples
core ◀── metrics ◀─────────────── apps/*
native ◀┄┄ engine (optional: loaded if it is there)
`);

const allowed = (name: string): string[] => [...drawing.get(name)!].sort();

describe('parseDrawing', () => {
  it('lets everybody import what stands further left on a line', () => {
    expect(allowed('core')).toEqual([]);
    expect(allowed('layers')).toEqual(['core', 'engine']);
    expect(allowed('examples')).toEqual(['core', 'engine', 'layers']);
  });

  it('joins the lines that meet in one name', () => {
    expect(allowed('apps/*')).toEqual(['core', 'engine', 'layers', 'metrics']);
  });

  it('keeps a dotted arrow to the two that it joins', () => {
    expect(allowed('engine')).toEqual(['core', 'native']);
    expect(allowed('native')).toEqual([]);
  });

  it('refuses a circle', () => {
    expect(() => parseDrawing('a ◀── b\nb ◀── a')).toThrowErrorMatchingInlineSnapshot(
      `[Error: drawing: expected no circle, received one through a. Turn an arrow round.]`,
    );
  });
});

describe('nameInDrawing', () => {
  it('knows packages by name, apps by their folder, and nothing else', () => {
    expect(nameInDrawing(drawing, 'packages/core')).toBe('core');
    expect(nameInDrawing(drawing, 'apps/benchmarks')).toBe('apps/*');
    expect(nameInDrawing(drawing, 'examples')).toBe('examples');
    expect(nameInDrawing(drawing, 'packages/stranger')).toBeUndefined();
  });
});
