import { describe, expect, it } from 'vitest';
import { formatSpec, parseSpec } from './parse-spec.js';

describe('parseSpec', () => {
  it('reads a name alone', () => {
    expect(parseSpec('--model', 'neural-collaborative-filtering')).toEqual({
      name: 'neural-collaborative-filtering',
      options: {},
    });
    expect(parseSpec('--model', ' popularity( ) ')).toEqual({ name: 'popularity', options: {} });
  });

  it('reads numbers, truth values, texts, words, lists, fields and components', () => {
    const { options } = parseSpec(
      '--model',
      'm(a=64, b=-1.5e-3, c=true, d=\'a, "b"\', f=hidden, g=[600, [0.5]], h={encoder=[0.5], last=5}, i=bloom(x=.2))',
    );
    expect(options).toEqual({
      a: 64,
      b: -0.0015,
      c: true,
      d: 'a, "b"',
      f: { name: 'hidden', options: {} },
      g: [600, [0.5]],
      h: { fields: { encoder: [0.5], last: 5 } },
      i: { name: 'bloom', options: { x: 0.2 } },
    });
  });

  it('is the inverse of formatSpec', () => {
    const text =
      'sequence-cnn(dim=8, dilations=[1, 2], residual=false, itemEmbedding=bloom(ratio=0.5), x={a=1}, y="b")';
    expect(formatSpec(parseSpec('--model', text))).toBe(text);
  });

  it.each([
    '',
    'ials(',
    'ials(dim)',
    'ials(dim=)',
    'ials(dim=6x)',
    'ials(dim=1 steps=2)',
    'ials(dim=1, dim=2)',
    'ials(dim=1))',
    'ials(dims=[1, 2)',
    '64',
  ])('says what it expected and where: %s', (text) => {
    const read = () => parseSpec('--model', text);
    expect(read).toThrowErrorMatchingSnapshot();
  });
});
