import { invalid } from '@footlight/core';

/**
 * Checks that each role has a column (or field) of its own.
 *
 * @param columns by role: name, position or function
 * @throws {RecsysError} `invalid-argument` for the first role whose column another role has
 */
export function assertDifferentColumns(
  where: string,
  columns: Readonly<Record<string, unknown>>,
  what = 'column',
): void {
  const roles = Object.keys(columns).filter((role) => columns[role] !== undefined);
  for (const role of roles) {
    const other = roles.find((each) => each !== role && columns[each] === columns[role]);
    if (other === undefined) continue;
    const received = typeof columns[other] === 'function' ? 'the same function' : `"${String(columns[other])}"`;
    invalid(`${where}(${other})`, `a ${what} of its own`, received, `It is the ${what} of ${role} too.`);
  }
}
