import { invalid } from '@footlight/core';
import type { TransactionSql } from 'postgres';

/** A value of a row: a number, a text or a vector. */
export type Cell = number | string | Float32Array;

/** Characters that are sent at once. */
const pieceLength = 1 << 20;

/**
 * Inserts rows, as JSON that PostgreSQL converts to the types of the columns.
 *
 * @param columns names and types of the columns, quoted
 * @throws {RecsysError} `invalid-argument` for a text that PostgreSQL cannot store
 */
export async function insertRows(
  sql: TransactionSql,
  table: string,
  columns: readonly (readonly [name: string, type: string])[],
  rows: Iterable<readonly Cell[]>,
  signal?: AbortSignal,
): Promise<void> {
  const names = columns.map(([name]) => name).join(', ');
  const values = columns.map(([, type], at) => `(r ->> ${at})::${type}`).join(', ');
  const statement = `insert into ${table} (${names}) select ${values} from json_array_elements($1::text::json) as r`;
  let [piece, length]: [string[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (piece.length > 0) await sql.unsafe(statement, [`[${piece.join(',')}]`]);
    [piece, length] = [[], 0];
  };
  for (const row of rows) {
    const text = `[${row.map(formatCell).join(',')}]`;
    piece.push(text);
    length += text.length;
    if (length < pieceLength) continue;
    signal?.throwIfAborted();
    await flush();
  }
  signal?.throwIfAborted();
  await flush();
}

function formatCell(cell: Cell): string {
  if (cell instanceof Float32Array) return `"[${cell.join(',')}]"`;
  const text = JSON.stringify(cell);
  // JSON writes a null character and half a surrogate pair as an escape.
  if (typeof cell === 'string' && /[\0\ud800-\udfff]/u.test(cell))
    invalid(
      'exportToPostgres',
      'texts that PostgreSQL can store',
      `${text}, with a null character or half a character`,
    );
  return text;
}
