import { toNumbersIfPossible } from './column-collectors.js';
import type { CodedTexts, SourceIds } from './number-ids.js';
import type { FailValue } from './to-interactions.js';

/**
 * Splits texts with two ids, e.g. `42:1210`, into a column of users and one of items.
 *
 * @throws {RecsysError} `invalid-data` with the row of the first text that is not two ids around one separator
 */
export function splitPairs(
  pairs: SourceIds,
  separator: string,
  column: string,
  fail: FailValue,
): { readonly user: SourceIds; readonly item: SourceIds } {
  const expected = `two ids around one "${separator}"`;
  const hint = 'Correct the row, or name the separator.';
  if (ArrayBuffer.isView(pairs)) return fail(0, column, expected, String(pairs[0]), hint);
  const parts = pairs.texts.map((text, code) => {
    const ids = text.split(separator).map((id) => id.trim());
    if (ids.length !== 2 || ids.includes('')) fail(pairs.codes.indexOf(code), column, expected, `"${text}"`, hint);
    return ids as [string, string];
  });
  const take = (side: 0 | 1): SourceIds => {
    const codeByText = new Map<string, number>();
    const codeOfPair = Int32Array.from(parts, (ids) => {
      const code = codeByText.get(ids[side]) ?? codeByText.size;
      codeByText.set(ids[side], code);
      return code;
    });
    const coded: CodedTexts = { codes: pairs.codes.map((pair) => codeOfPair[pair]!), texts: [...codeByText.keys()] };
    return toNumbersIfPossible(coded);
  };
  return { user: take(0), item: take(1) };
}
