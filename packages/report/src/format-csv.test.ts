import { describe, expect, it } from 'vitest';
import { formatCsv } from './format-csv.js';

describe('formatCsv', () => {
  it('makes no formulas of texts, and leaves numbers alone', () => {
    const cells = ['=cmd()', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '-5', '+1.5e-3', 'a=b', -0.25, Number.NaN, undefined];
    expect(formatCsv([cells])).toBe("'=cmd(),'+1+1,'-2+3,'@SUM(A1),'␉=1,-5,+1.5e-3,a=b,-0.25,NaN,\n");
  });

  it('quotes what separates, and shows control characters', () => {
    expect(formatCsv([['a,b', 'say "x"', 'two\nlines', ' blank'], ['\u001b[31m']], '\r\n')).toBe(
      '"a,b","say ""x""","two\nlines"," blank"\r\n␛[31m\r\n',
    );
    expect(formatCsv([])).toBe('');
  });
});
