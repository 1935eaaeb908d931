import { describe, expect, it } from 'vitest';
import { findNumericOptions } from './find-numeric-options.js';

/** Ranges of numeric options: which of the values below they contain. */
export const ranges = {
  positiveInteger: () => false,
  integerFromZero: (value) => value === 0,
  integer: (value) => value === 0 || value === -1,
  positive: (value) => value > 0 && Number.isFinite(value),
  fromZero: (value) => value >= 0 && Number.isFinite(value),
  fraction: (value) => value === 0.5,
  rate: (value) => value === 0 || value === 0.5,
  finite: (value) => Number.isFinite(value),
};

const values = [0, -1, 0.5, Number.NaN, Infinity, '3', 2 ** 53];

/**
 * Walks over every numeric option of the exported functions of a package: each refuses the values outside its range
 * with an error that names the option, what was expected and what was received. An option that is neither in `cases`
 * nor in `exempt` fails.
 */
export function describeNumericOptions(index, { cases, exempt = {}, interfaces = [] }) {
  describe('numeric options', () => {
    it('are all listed here', { timeout: 120_000 }, () => {
      const listed = [...Object.keys(cases), ...Object.keys(exempt)].sort();
      expect(listed).toEqual(findNumericOptions(index, interfaces));
    });

    const calls = Object.entries(cases).flatMap(([name, [range, call]]) =>
      values.filter((value) => typeof value !== 'number' || !range(value)).map((value) => [name, value, call]),
    );
    it.each(calls)('%s refuses %s', async (name, value, call) => {
      const option = name
        .slice(name.indexOf('(') + 1, -1)
        .split('.')
        .at(-1);
      const error = await (async () => call(value))().then(
        () => expect.fail(`${name} takes ${value}`),
        (reason) => reason,
      );
      expect(error).toMatchObject({ name: 'RecsysError', code: 'invalid-argument' });
      expect(error.message).toMatch(new RegExp(`^[^:]*\\b${option}\\): expected .+, received `));
      const received = typeof value === 'string' ? `the text '${value}'` : String(value);
      expect(error.message).toContain(`received ${received}`);
    });
  });
}
