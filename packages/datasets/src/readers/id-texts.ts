import { parseWholeNumber } from './parse-whole-number.js';

/** What programs write for a value that is missing. */
const MISSING: ReadonlySet<string> = new Set(
  ['null', 'none', 'nil', 'nan', 'na', 'n/a', '<na>', '\\n', 'undefined', 'nat'].flatMap((text) => [text, `#${text}`]),
);

/** Throws the error for a text, given its code. */
export type FailText = (code: number, expected: string, received: string, hint: string) => never;

/**
 * Checks different texts that are ids: none is blank or has a NUL character, none differs from another only in blanks
 * around it, and no mark of a missing value stands among whole numbers.
 */
export function assertIdTexts(texts: readonly string[], fail: FailText): void {
  let known: Set<string> | undefined;
  for (const [code, text] of texts.entries()) {
    const trimmed = text.trim();
    if (trimmed === '') fail(code, 'an id', 'blanks', 'Remove the row or give it an id.');
    if (text.includes('\0')) fail(code, 'an id', 'NUL characters', 'Is the file damaged, or no text?');
    if (trimmed.length === text.length) continue;
    known ??= new Set(texts);
    if (known.has(trimmed))
      fail(code, `one spelling of the id "${trimmed}"`, `"${text}" too`, 'Remove the blanks around ids.');
  }
  const missing = texts.findIndex(isMissing);
  if (missing < 0) return;
  const others = texts.filter((text) => !isMissing(text));
  if (others.length > 0 && others.every((text) => parseWholeNumber(text) !== undefined))
    fail(missing, 'a whole number as id', `"${texts[missing]}"`, 'Remove the row or give it an id.');
}

function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}
