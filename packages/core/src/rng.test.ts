import { describe, expect, it } from 'vitest';
import { createRng, fillNormal, fillUniform, type Rng } from './rng.js';

const many = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw);
const meanOf = (values: Float64Array | Float32Array) =>
  (values as Float64Array).reduce((sum, value) => sum + value, 0) / values.length;
const momentOf = (values: Float64Array, power: number) => meanOf(values.map((value) => value ** power));

/** Σ (observed − expected)² / expected over equally likely cells. Its mean is cells − 1, its variance twice that. */
function chiSquare(cells: number, draws: number, draw: () => number): number {
  const observed = new Float64Array(cells);
  for (let i = 0; i < draws; i++) observed[draw()]!++;
  const expected = draws / cells;
  return observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Five standard deviations; the seeds are fixed, so that these tests either always pass or never. */
function expectChiSquare(value: number, freedom: number): void {
  expect(Math.abs(value - freedom)).toBeLessThan(5 * Math.sqrt(2 * freedom));
}

describe('createRng', () => {
  it('always gives the same numbers', () => {
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

  it('takes 42 and "42" for one seed, and any other text for another', () => {
    const first = (seed: number | string) => createRng(seed).next();
    expect(first('42')).toBe(first(42));
    expect(new Set([0, 1, -1, 0.5, '', 'a', 'b', 'ab', '0'.repeat(100)].map(first)).size).toBe(9);
  });

  it('spreads neighbouring seeds over all cells', () =>
    expectChiSquare(
      chiSquare(
        101,
        20_000,
        (
          (seed) => () =>
            createRng(seed++).integer(101)
        )(0),
      ),
      100,
    ));

  it('refuses a seed that is not finite', () => {
    expect(() => createRng(Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createRng(seed): expected a finite number or text, received NaN.]`,
    );
  });
});

describe('next and uniform', () => {
  it('have the moments of the uniform distribution', () => {
    const rng = createRng(1);
    const values = many(200_000, rng.next);
    // Standard errors: 0.2887 / √n = 0.00065 for the mean, 0.298 / √n = 0.00067 for the mean square.
    expect(Math.abs(meanOf(values) - 1 / 2)).toBeLessThan(0.0033);
    expect(Math.abs(momentOf(values, 2) - 1 / 3)).toBeLessThan(0.0034);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('lie in [low, high)', () => {
    const rng = createRng(2);
    const values = many(10_007, () => rng.uniform(-3, -1));
    expect(values.every((value) => value >= -3 && value < -1)).toBe(true);
    expect(Math.abs(meanOf(values) + 2)).toBeLessThan(0.03); // 5 · 0.577 / √n
  });

  it('does not repeat a pattern from one draw to the next', () => {
    const rng = createRng(3);
    expectChiSquare(
      chiSquare(13 * 13, 100_000, () => Math.floor(rng.next() * 13) * 13 + Math.floor(rng.next() * 13)),
      168,
    );
  });
});

describe('normal', () => {
  it('has the moments of the normal distribution', () => {
    const rng = createRng(4);
    const values = many(200_000, () => rng.normal());
    // Standard errors: √(1/n) = 0.0022, √(2/n) = 0.0032, √(15/n) = 0.0087, √(96/n) = 0.022
    expect(Math.abs(momentOf(values, 1))).toBeLessThan(0.011);
    expect(Math.abs(momentOf(values, 2) - 1)).toBeLessThan(0.016);
    expect(Math.abs(momentOf(values, 3))).toBeLessThan(0.043);
    expect(Math.abs(momentOf(values, 4) - 3)).toBeLessThan(0.11);
  });

  it('is shifted and scaled', () => {
    const [one, other] = [createRng(5), createRng(5)];
    expect(one.normal(3, 0.5)).toBe(3 + 0.5 * other.normal());
  });
});

describe('integer', () => {
  it('gives every number the same chance', () => {
    const rng = createRng(6);
    for (const bound of [2, 7, 1009])
      expectChiSquare(
        chiSquare(bound, 100_000, () => rng.integer(bound)),
        bound - 1,
      );
  });

  it('has no modulo bias at a large bound', () => {
    // 2³² mod 3·2³⁰ would put half of all draws below 2³⁰; without bias it is a third. Standard error 0.0015.
    const rng = createRng(7);
    const share = meanOf(many(100_000, () => (rng.integer(3 * 2 ** 30) < 2 ** 30 ? 1 : 0)));
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.0075);
  });

  it('reaches from 1 to 2³²', () => {
    const rng = createRng(8);
    expect(rng.integer(1)).toBe(0);
    const values = many(1009, () => rng.integer(2 ** 32));
    expect(values.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * 2 ** 32);
  });

  it('refuses other bounds', () => {
    expect(() => createRng(1).integer(0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integer(bound): expected an integer from 1 to 2^32, received 0.]`,
    );
    expect(() => createRng(1).integer(2.5)).toThrow('received 2.5');
    expect(() => createRng(1).integer(2 ** 32 + 1)).toThrow('received 4294967297');
    expect(() => createRng(1).integer(Number.NaN)).toThrow('received NaN');
  });
});

describe('integers', () => {
  it('are those that as many calls of integer give, and the stream goes on from there', () => {
    for (const bound of [1, 2, 3, 5, 3706, 20_107, 65_536, 999_983, 3 * 2 ** 29, 2 ** 31 - 1, 2 ** 31]) {
      const [one, all] = [createRng(bound), createRng(bound)];
      const expected = Int32Array.from({ length: 1009 }, () => one.integer(bound));
      expect(all.integers(bound, new Int32Array(1009))).toEqual(expected);
      expect(all.snapshot()).toBe(one.snapshot());
    }
  });

  it('are put into the array that is given', () => {
    const into = new Int32Array(7);
    expect(createRng(1).integers(5, into)).toBe(into);
    expect(createRng(1).integers(5, new Int32Array(0))).toEqual(new Int32Array(0));
  });

  it('refuse other bounds', () => {
    expect(() => createRng(1).integers(0, new Int32Array(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integers(bound): expected an integer from 1 to 2^31, received 0.]`,
    );
    expect(() => createRng(1).integers(2 ** 31 + 1, new Int32Array(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integers(bound): expected an integer from 1 to 2^31, received 2147483649.]`,
    );
  });
});

describe('shuffle', () => {
  it('makes the same swaps whatever kind of list it is given', () => {
    const numbers = Array.from({ length: 1009 }, (_, at) => at);
    const [one, other] = [createRng(22), createRng(22)];
    expect([...one.shuffle(Int32Array.from(numbers))]).toEqual(other.shuffle(numbers));
    expect(one.next()).toBe(other.next());
  });

  it('keeps every element and returns its argument', () => {
    const list = Int32Array.from({ length: 101 }, (_, i) => i);
    const shuffled = createRng(9).shuffle(list);
    expect(shuffled).toBe(list);
    expect([...shuffled]).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  });

  it('gives every order the same chance', () => {
    const rng = createRng(10);
    const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
    expectChiSquare(
      chiSquare(6, 30_000, () => orders.indexOf(rng.shuffle(['a', 'b', 'c']).join(''))),
      5,
    );
  });

  it('accepts what is empty', () => expect(createRng(1).shuffle([])).toEqual([]));
});

describe('fork', () => {
  it('does not depend on what was drawn before', () => {
    const rng = createRng(11);
    const before = rng.fork('a').next();
    rng.normal();
    expect(rng.fork('a').next()).toBe(before);
  });

  it('does not move the stream it came from', () => {
    const [one, other] = [createRng(12), createRng(12)];
    one.fork('a').next();
    expect(one.next()).toBe(other.next());
  });

  it('gives different streams to different labels, depths and seeds', () => {
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

  it('gives streams that do not know of each other', () => {
    const rng = createRng(13);
    const [one, other] = [rng.fork('item 1'), rng.fork('item 2')];
    expectChiSquare(
      chiSquare(11 * 11, 100_000, () => one.integer(11) * 11 + other.integer(11)),
      120,
    );
    const products = many(100_000, () => one.normal() * other.normal());
    expect(Math.abs(meanOf(products))).toBeLessThan(5 / Math.sqrt(100_000));
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

  it('go on exactly from there, after an odd number of normal numbers too', () => {
    const rng = createRng('seed: with\ncolons').fork('a:b');
    rng.normal();
    const snapshot = rng.snapshot();
    const expected = draw(rng);
    rng.restore(snapshot);
    expect(draw(rng)).toEqual(expected);
  });

  it('make another generator the same, its forks included', () => {
    const [one, other] = [createRng(14).fork('a'), createRng(15)];
    other.restore(one.snapshot());
    expect(draw(other)).toEqual(draw(one));
    expect(other.fork('b').fork('c').next()).toBe(one.fork('b').fork('c').next());
  });

  it('are short', () =>
    expect(createRng(42).snapshot()).toMatchInlineSnapshot(`"sfc32:87eb2fc7f23c9852e8d0e9d73421a71d:2:42"`));

  it('refuse other texts', () => {
    expect(() => createRng(1).restore('{}')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.restore(snapshot): expected a text made by snapshot(), received "{}".]`,
    );
  });
});

describe('advance', () => {
  it('hands over the state and goes on from where it is left', () => {
    const [one, other] = [createRng(20), createRng(20)];
    one.advance!(([a, b, c, counter]) => {
      const words = [a, b, c, counter].map((word) => (word! >>> 0).toString(16).padStart(8, '0')).join('');
      expect(one.snapshot()).toBe(`sfc32:${words}:2:20`);
    });
    expect(one.next()).toBe(other.next());
    one.advance!((state) => state.set([1, 2, 3, 4]));
    expect(one.next()).toBe(7 / 2 ** 32); // a + b + counter
  });

  it('stays where it was if the draw fails', () => {
    const [one, other] = [createRng(21), createRng(21)];
    const fails = (state: Int32Array) => {
      state.fill(0);
      throw new Error('no memory');
    };
    expect(() => one.advance!(fails)).toThrow('no memory');
    expect(one.next()).toBe(other.next());
  });
});

describe('fillNormal', () => {
  it('has the moments asked for', () => {
    const values = fillNormal(new Float64Array(200_001), createRng(16), 3, 0.5);
    expect(Math.abs(meanOf(values) - 3)).toBeLessThan(0.0056); // 5 · 0.5 / √n
    expect(Math.abs(meanOf(values.map((value) => (value - 3) ** 2)) - 0.25)).toBeLessThan(0.004); // 5 · 0.25 · √(2/n)
  });

  it('fills an array of odd length to its end, and draws the same for every type', () => {
    const wide = fillNormal(new Float64Array(7), createRng(17));
    expect(new Set(wide).size).toBe(7);
    expect(fillNormal(new Float32Array(7), createRng(17))).toEqual(Float32Array.from(wide));
  });

  it('uses both of each pair, which are independent', () => {
    const values = fillNormal(new Float64Array(200_000), createRng(18));
    const products = many(
      100_000,
      (
        (at) => () =>
          values[at++]! * values[at++]!
      )(0),
    );
    expect(Math.abs(meanOf(products))).toBeLessThan(5 / Math.sqrt(100_000));
  });
});

describe('fillUniform', () => {
  it('fills with what uniform gives', () => {
    const rng = createRng(19);
    expect([...fillUniform(new Float64Array(5), createRng(19), -2, 3)]).toEqual(
      Array.from({ length: 5 }, () => rng.uniform(-2, 3)),
    );
  });
});
