import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type NumpyRandom, numpyRandom } from './numpy-random.js';

const range = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const unreplaced = { replace: false };

interface Step {
  readonly call: keyof NumpyRandom;
  readonly arguments: readonly unknown[];
  readonly expected: number | readonly number[];
}

// Written by tooling/fixtures/numpy_random.py: the results of a sequence of calls on one stream.
const steps = JSON.parse(readFileSync(new URL('../fixtures/numpy-random.json', import.meta.url), 'utf8')) as Step[];

describe('numpyRandom', () => {
  it('shuffles like RandomState(42)', () => {
    expect([...numpyRandom(42).shuffle(range(10))]).toEqual([8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
    const long = numpyRandom(42).shuffle(range(100_000));
    expect([...long.slice(0, 8)]).toEqual([75721, 80184, 19864, 76699, 92991, 76434, 84004, 80917]);
    expect([...long.slice(-3)]).toEqual([76820, 860, 15795]);
  });

  it('shuffles lists like typed arrays', () => {
    const shuffled = numpyRandom(42).shuffle(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
    expect(shuffled.join('')).toBe('ibfahcjedg'); // 8 1 5 0 7 2 9 4 3 6
  });

  it('draws integers like randint', () => {
    expect([...numpyRandom(42).randint(0, 1683, 8)]).toEqual([1126, 1459, 860, 1294, 1130, 1095, 1044, 1638]);
    expect([...numpyRandom(0).randint(1, 1683, 8)]).toEqual([685, 560, 1654, 1217, 836, 764, 1384, 1034]);
    expect(numpyRandom(42).randint(-1e8, 1e8)).toBe(99900595);
  });

  it('draws the seeds of the splits and trials of published experiments', () => {
    const random = numpyRandom(72);
    expect([random.randint(0, 2 ** 32 - 1), random.randint(0, 2 ** 32 - 1), random.randint(-1e8, 1e8)]).toEqual([
      458437080, 4284282643, 59784010,
    ]);
    const pair = (seed: number) => [...numpyRandom(seed).randint(0, 2 ** 32 - 1, 2)];
    expect([pair(42), pair(100)]).toEqual([
      [1608637542, 3421126067],
      [2333906440, 2882591512],
    ]);
  });

  it('permutes like permutation', () => {
    expect([...numpyRandom(0).permutation(10)]).toEqual([2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
    expect([...numpyRandom(98765).permutation(136_677).slice(0, 8)]).toEqual([
      104323, 11053, 111295, 50587, 126873, 109564, 129424, 1596,
    ]);
    expect([...numpyRandom(98765).permutation(123_960).slice(0, 8)]).toEqual([
      42338, 44976, 15118, 103164, 21961, 108654, 71942, 13886,
    ]);
  });

  it('draws numbers in [0, 1) with 53 bits', () => {
    expect([...numpyRandom(42).rand(3)]).toEqual([0.3745401188473625, 0.9507143064099162, 0.7319939418114051]);
    expect(numpyRandom(42).rand()).toBe(0.3745401188473625);
  });

  it('chooses without replacement, call after call', () => {
    const random = numpyRandom(98765);
    expect([...random.choice(10, 2, unreplaced)]).toEqual([8, 7]);
    expect([...random.choice(23, 4, unreplaced)]).toEqual([4, 1, 17, 6]);
    expect([...random.choice(5, 1, unreplaced)]).toEqual([3]);
  });

  it('equals numpy over a sequence of different calls', () => {
    const random = numpyRandom(1234567);
    for (const { call, arguments: given, expected } of steps) {
      const received = (random[call] as (...values: readonly unknown[]) => number | ArrayLike<number>)(...given);
      const [values, wanted] = [
        [received].flatMap((value) => (typeof value === 'number' ? [value] : Array.from(value))),
        [expected].flat(),
      ];
      if (call !== 'normal') expect(values).toEqual(wanted);
      // Math.log may differ in the last bits.
      else for (const [i, value] of values.entries()) expect(value).toBeCloseTo(wanted[i]!, 13);
      expect(values).toHaveLength(wanted.length);
    }
  });

  it('continues from a snapshot, including the second of a pair of normal numbers', () => {
    const random = numpyRandom(5);
    random.rand(1000);
    random.normal();
    const snapshot = random.snapshot();
    const draw = (from: NumpyRandom) => [from.normal(), from.normal(), ...from.rand(700), from.uint32()];
    const expected = draw(random);
    random.restore(snapshot);
    expect(draw(random)).toEqual(expected);
    const other = numpyRandom(6);
    other.restore(snapshot);
    expect(draw(other)).toEqual(expected);
  });

  it('rejects seeds, ranges, sizes and snapshots that are invalid', () => {
    expect(() => numpyRandom(-1)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: numpyRandom(seed): expected an integer from 0 to 2^32 - 1, received -1.]`,
    );
    expect(() => numpyRandom(2 ** 32)).toThrow('2^32 - 1');
    expect(() => numpyRandom(1).randint(3, 3)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: randint(high): expected an integer above 3, at most 2^53 and within 2^53 of it, received 3.]`,
    );
    expect(() => numpyRandom(1).randint(0.5, 3)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: randint(low): expected an integer, received 0.5.]`,
    );
    expect(() => numpyRandom(1).choice(3, 4, unreplaced)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: choice(size): expected at most 3, received 4. Numbers are drawn without replacement.]`,
    );
    expect(() => numpyRandom(1).choice(0, 1, unreplaced)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: choice(count): expected a positive integer, received 0.]`,
    );
    expect(() => numpyRandom(1).restore('mt19937:3')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: restore(snapshot): expected a text made by snapshot(), received "mt19937:3…".]`,
    );
  });
});
