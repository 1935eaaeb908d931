import { parseWholeNumber } from './parse-whole-number.js';

/** What programs write for a value that is missing. */
const MISSING: ReadonlySet<string> = new Set(
  ['null', 'none', 'nil', 'nan', 'na', 'n/a', '<na>', '\\n', 'undefined', 'nat'].flatMap((text) => [text, `#${text}`]),
);

/** Throws the error for a text, given its code. */
export type FailText = (code: number, expected: string, received: string, hint: string) => never;

/**
 * Checks different texts that are ids: none is blank or has a NUL character, none differs from another only in what
 * cannot be seen (blanks around it, Unicode forms, characters without width), and among whole numbers stands no mark of
 * a missing value, and no number that a spreadsheet has rounded.
 */
export function assertIdTexts(texts: readonly string[], fail: FailText): void {
  let known: Set<string> | undefined;
  const textByLook = new Map<string, string>(); // of texts that do not look as they are
  for (const [code, text] of texts.entries()) {
    const trimmed = text.trim();
    if (trimmed === '') fail(code, 'an id', 'blanks', 'Remove the row or give it an id.');
    if (text.includes('\0')) fail(code, 'an id', 'NUL characters', 'Is the file damaged, or no text?');
    const look = toLook(trimmed);
    if (look === text) continue;
    known ??= new Set(texts);
    if (known.has(look) || textByLook.has(look)) {
      const hint = trimmed === look ? 'Remove the blanks around ids.' : 'Write it with the same characters everywhere.';
      fail(
        code,
        `one spelling of the id "${look}"`,
        trimmed === look ? `"${text}" too` : describeCharacters(text),
        hint,
      );
    }
    textByLook.set(look, text);
  }
  const odd = texts.findIndex((text) => isMissing(text) || isRounded(text));
  if (odd < 0) return;
  const others = texts.filter((text) => !isMissing(text) && !isRounded(text));
  if (!others.every((text) => parseWholeNumber(text) !== undefined)) return;
  const rounded = texts.findIndex(isRounded);
  if (rounded >= 0)
    fail(
      rounded,
      'a whole number as id',
      `"${texts[rounded]}"`,
      'It is rounded, e.g. by a spreadsheet: export ids as text.',
    );
  if (others.length > 0) fail(odd, 'a whole number as id', `"${texts[odd]}"`, 'Remove the row or give it an id.');
}

/** A whole number as spreadsheets write long ones: `7.91557E+17`. */
function isRounded(text: string): boolean {
  return /^\d(\.\d+)?[eE]\+?\d\d+$/.test(text);
}

/** A text by what is seen of it: composed (NFC), without characters that have no width. */
function toLook(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .trim();
}

/** A text whose characters beyond ASCII are escaped, since it looks like another one. */
function describeCharacters(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `another one, "${escaped}"`;
}

function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}
