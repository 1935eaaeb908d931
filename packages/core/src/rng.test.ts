import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from './rng.js';
import { computeChiSquare, computeMean, drawMany, expectChiSquare } from './statistics.fixture.js';

describe('createRng', () => {
  it('draws the same numbers in every version', () => {
    const rng = createRng(42);
    expect([
      rng.next(),
      rng.uniform(-1, 1),
      rng.normal(),
      rng.integer(1682),
      rng.shuffle([1, 2, 3, 5, 7]),
      rng.fork('items').next(),
    ]).toMatchInlineSnapshot(`
      [
        0.6808080202899873,
        -0.33009650791063905,
        0.17428456624727623,
        780,
        [
          5,
          7,
          2,
          3,
          1,
        ],
        0.34294460038654506,
      ]
    `);
  });

  it('treats 42 and "42" as the same seed, and other texts as other seeds', () => {
    const first = (seed: number | string) => createRng(seed).next();
    expect(first('42')).toBe(first(42));
    expect(new Set([0, 1, -1, 0.5, '', 'a', 'b', 'ab', '0'.repeat(100)].map(first)).size).toBe(9);
  });

  it('draws uniformly distributed first numbers for consecutive seeds', () =>
    expectChiSquare(
      computeChiSquare(
        101,
        20_000,
        (
          (seed) => () =>
            createRng(seed++).integer(101)
        )(0),
      ),
      100,
    ));

  it('rejects a seed that is not finite', () => {
    expect(() => createRng(Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createRng(seed): expected a finite number or text, received NaN.]`,
    );
  });
});

describe('fork', () => {
  it('does not depend on the numbers drawn before', () => {
    const rng = createRng(11);
    const before = rng.fork('a').next();
    rng.normal();
    expect(rng.fork('a').next()).toBe(before);
  });

  it('does not advance the generator that it is called on', () => {
    const [one, other] = [createRng(12), createRng(12)];
    one.fork('a').next();
    expect(one.next()).toBe(other.next());
  });

  it('creates different streams for different labels, depths and seeds', () => {
    const first = (rng: Rng) => rng.next();
    const rng = createRng('a');
    const forks = [
      rng,
      rng.fork(''),
      rng.fork('b'),
      rng.fork('b').fork('c'),
      rng.fork('bc'),
      rng.fork('b/c'),
      rng.fork('c').fork('b'),
      createRng('a/b'),
      createRng('b').fork('a'),
    ];
    expect(new Set(forks.map(first)).size).toBe(forks.length);
  });

  it('creates independent streams', () => {
    const rng = createRng(13);
    const [one, other] = [rng.fork('item 1'), rng.fork('item 2')];
    expectChiSquare(
      computeChiSquare(11 * 11, 100_000, () => one.integer(11) * 11 + other.integer(11)),
      120,
    );
    const products = drawMany(100_000, () => one.normal() * other.normal());
    expect(Math.abs(computeMean(products))).toBeLessThan(5 / Math.sqrt(100_000));
  });
});

describe('snapshot and restore', () => {
  const draw = (rng: Rng) => [
    rng.next(),
    rng.normal(),
    rng.integer(97),
    rng.normal(),
    ...rng.shuffle([2, 3, 5, 7]),
    rng.fork('x').next(),
  ];

  it('continue exactly, also after an odd number of normal numbers', () => {
    const rng = createRng('seed: with\ncolons').fork('a:b');
    rng.normal();
    const snapshot = rng.snapshot();
    const expected = draw(rng);
    rng.restore(snapshot);
    expect(draw(rng)).toEqual(expected);
  });

  it('make another generator equal, including its forks', () => {
    const [one, other] = [createRng(14).fork('a'), createRng(15)];
    other.restore(one.snapshot());
    expect(draw(other)).toEqual(draw(one));
    expect(other.fork('b').fork('c').next()).toBe(one.fork('b').fork('c').next());
  });

  it('use a short text', () =>
    expect(createRng(42).snapshot()).toMatchInlineSnapshot(`"sfc32:87eb2fc7f23c9852e8d0e9d73421a71d:2:42"`));

  it('reject other texts', () => {
    expect(() => createRng(1).restore('{}')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.restore(snapshot): expected a text made by snapshot(), received "{}".]`,
    );
  });
});

describe('advance', () => {
  it('passes the state and continues from the changed state', () => {
    const [one, other] = [createRng(20), createRng(20)];
    one.advance!(([a, b, c, counter]) => {
      const words = [a, b, c, counter].map((word) => (word! >>> 0).toString(16).padStart(8, '0')).join('');
      expect(one.snapshot()).toBe(`sfc32:${words}:2:20`);
    });
    expect(one.next()).toBe(other.next());
    one.advance!((state) => state.set([1, 2, 3, 4]));
    expect(one.next()).toBe(7 / 2 ** 32); // a + b + counter
  });

  it('keeps the state if the draw fails', () => {
    const [one, other] = [createRng(21), createRng(21)];
    const fails = (state: Int32Array) => {
      state.fill(0);
      throw new Error('no memory');
    };
    expect(() => one.advance!(fails)).toThrow('no memory');
    expect(one.next()).toBe(other.next());
  });
});
