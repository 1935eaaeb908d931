import { describe, expect, it } from 'vitest';
import { RecsysError } from './error.js';
import { fromMarkdownText, toMarkdownCode, toMarkdownText } from './markdown-text.js';
import { toJsonLine, toMessage, toPrintable, toPrintableLines } from './printable.js';

const esc = '\u001b';
const hostile = `${esc}[31mred${esc}]0;title\u0007\u009b1A\u202eabc\r\nnext\ttab\u0000`;

describe('toPrintable', () => {
  it('shows control characters instead of obeying them', () => {
    expect(toPrintable(hostile)).toBe('␛[31mred␛]0;title␇\ufffd1A\ufffdabc␍␊next␉tab␀');
    expect(toPrintable('Amélie (2001) – 天気の子 🎬')).toBe('Amélie (2001) – 天気の子 🎬');
  });

  it('keeps line ends and tabs of texts with several lines', () => {
    expect(toPrintableLines(`one\n\ttwo${esc}[2J\r`)).toBe('one\n\ttwo␛[2J␍');
  });
});

describe('toMessage', () => {
  it('cuts what is longer than a screen in the middle, and says its length', () => {
    const long = toMessage(`file: expected a column, received ${'x'.repeat(3_000_000)}. What to do.`);
    expect(long.length).toBeLessThan(2000);
    expect(long).toMatch(/^file: expected a column, received x+ … \(3000047 characters\) … x+\. What to do\.$/);
    expect(toMessage('short')).toBe('short');
  });

  it('is what every error of Footlight goes through', () => {
    const error = new RecsysError('invalid-data', `file: received ${hostile}${'x'.repeat(5000)}`);
    expect(error.message).toContain('received ␛[31mred␛]0;title␇');
    expect(error.message.length).toBeLessThan(2000);
    expect(error.stack).not.toContain(esc);
  });
});

describe('toJsonLine', () => {
  it('escapes all control characters, and stays the same value', () => {
    const line = toJsonLine({ title: hostile });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that may not occur
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(line)).toEqual({ title: hostile });
  });
});

describe('toMarkdownText', () => {
  it('keeps a value in its cell', () => {
    expect(toMarkdownText('a|b`c\\d\n| x <script>')).toBe('a\\|b\\`c\\\\d␊\\| x &lt;script>');
    expect(toMarkdownCode('a|b`c')).toBe("`a\\|b'c`");
    expect(toMarkdownText('movielens-1m_x*')).toBe('movielens-1m_x*');
  });

  it('can be read again for a terminal', () => {
    const text = 'a|b`c\\d <i>';
    expect(fromMarkdownText(toMarkdownText(text))).toBe(text);
    expect(fromMarkdownText('`hash`')).toBe('hash');
  });
});
