import { describe, expect, it } from 'vitest';
import { parseIsoDate } from './parse-iso-date.js';

describe('parseIsoDate', () => {
  it.each([
    ['1970-01-02', 86_400],
    ['1970-01-01T00:00:01', 1],
    ['1970-01-01 00:00:02.5', 2.5],
    ['1970-01-01T01:00Z', 3_600],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1969-12-31', -86_400],
    ['1970-01-01T00:00:00.123456789', 0.123456789],
    ['1970-01-01T01:00:00+0100', 0],
    ['2000-02-29', 951_782_400],
    ['9999-12-31', 253_402_214_400],
  ])('reads %s in UTC unless it has a time zone', (text, seconds) => {
    expect(parseIsoDate(text)).toBe(seconds);
  });

  it.each([
    '12/31/2020',
    '2020',
    '2020-13-01',
    '1546300800',
    '',
    'yesterday',
    '2020-02-30',
    '1900-02-29',
    '2020-06-31',
  ])('returns undefined for "%s"', (text) => {
    expect(parseIsoDate(text)).toBeUndefined();
  });
});
