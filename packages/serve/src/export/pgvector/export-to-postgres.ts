import { invalid, RecsysError } from '@footlight/core';
import type { Recommender } from '@footlight/trainer';
import type { Sql, TransactionSql } from 'postgres';
import { readVectors } from '../read-vectors.js';
import { insertRows } from './insert-rows.js';
import {
  assertTables,
  createIndexes,
  createTables,
  formatCall,
  formatQuery,
  listColumns,
  listKinds,
  nameTable,
  replaceTables,
  type TableKind,
  type TableOptions,
} from './statements.js';
import { listRows } from './table-rows.js';

/** What tables of `exportToPostgres` are told apart from others by: the beginning of their comment. */
const mark = 'Written by footlight export';

export interface PostgresOptions {
  /** Schema of the tables, which exists. Default `public`. */
  readonly schema?: string;
  /** What the names of the tables and functions begin with. Default `footlight`. */
  readonly name?: string;
  /** Text for the comment of the tables, e.g. the name of the model. Default none. */
  readonly description?: string;
  /** Ends the export; the earlier tables stay. */
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface PostgresExport {
  readonly itemCount: number;
  /** 0 if the model was saved without users. */
  readonly userCount: number;
  /** Users that are left out, since the model has learned nothing about them. */
  readonly usersLeftOut: number;
  /** Qualified names of the tables, quoted. */
  readonly tables: Readonly<Partial<Record<TableKind, string>>>;
  /** A statement that recommends 10 items to the first user; absent without users. */
  readonly recommend?: string;
  /** The query that recommends `$2` items to user `$1`; absent without users. */
  readonly query?: string;
}

/**
 * Writes the vectors of a model whose scores are products to PostgreSQL with pgvector (0.8 or later), with an index and
 * the functions that recommend:
 *
 * - `<name>_items`: `item`, `position` in the catalogue, `title` if there are some, `embedding`: the vector and the
 *   bias of the item
 * - `<name>_users`: `user`, `bias`, `embedding`: the vector of the user and a 1, which multiplies the bias of an item
 * - `<name>_seen`: the known interactions, whose items are not recommended again
 * - `<name>_recommend(user, count)`: the list of `recommend`, from all items
 * - `<name>_recommend_fast(user, count)`: approximately, from the index
 *
 * Ids are integers or texts, as in the source. All is one transaction: an export that is ended leaves the earlier
 * tables as they were, which are read until it ends.
 *
 * @param address e.g. `postgres://user:password@host:5432/database`
 * @throws {RecsysError} `invalid-argument` for a model whose scores are no products, `missing-package` without the
 *   package `postgres`, `write-failed` with the message of PostgreSQL
 * @example
 * await exportToPostgres('postgres://localhost/shop', recommender);
 */
export async function exportToPostgres(
  address: string,
  recommender: Recommender,
  { schema = 'public', name = 'footlight', description = '', signal }: PostgresOptions = {},
): Promise<PostgresExport> {
  const vectors = readVectors(recommender);
  const { catalogue } = recommender;
  const sizes = { schema, name, width: vectors.dim + 1 };
  assertTables(sizes);
  const connect = await loadClient();
  const sql = connect(address, { max: 1, connect_timeout: 30, onnotice: () => {}, prepare: false });
  try {
    return (await sql.begin(async (transaction) => {
      const options: TableOptions = {
        ...sizes,
        extension: await findExtension(transaction),
        itemIds: catalogue.itemIds,
        ...(vectors.users && { userIds: catalogue.userIds }),
        hasTitles: catalogue.itemTitles !== undefined,
      };
      await transaction`select pg_advisory_xact_lock(hashtext(${`footlight export ${schema}.${name}`}))`;
      await assertOwnTables(transaction, options);
      for (const statement of createTables(options)) await transaction.unsafe(statement);
      const rows = listRows(recommender, vectors);
      for (const kind of listKinds(options)) {
        await insertRows(transaction, nameTable(options, kind, true), listColumns(options, kind), rows[kind](), signal);
      }
      const finish = [...createIndexes(options), ...replaceTables(options, `${mark}. ${description}`.trim())];
      for (const statement of finish) {
        signal?.throwIfAborted();
        await transaction.unsafe(statement);
      }
      return {
        itemCount: catalogue.itemCount,
        userCount: vectors.users?.ids.length ?? 0,
        usersLeftOut: vectors.usersLeftOut,
        tables: Object.fromEntries(listKinds(options).map((kind) => [kind, nameTable(options, kind)])),
        ...(vectors.users && { query: formatQuery(options, 'exact') }),
        ...(vectors.users?.ids.length && { recommend: formatCall(options, vectors.users.ids[0]!) }),
      };
    })) as PostgresExport;
  } catch (error) {
    if (error instanceof RecsysError || signal?.aborted) throw error;
    const message = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new RecsysError(
      'write-failed',
      `exportToPostgres: expected PostgreSQL to store the tables, received: ${message}. Earlier tables are unchanged.`,
      { cause: error },
    );
  } finally {
    await (sql as Sql).end({ timeout: 5 });
  }
}

async function loadClient(): Promise<typeof import('postgres')> {
  try {
    return (await import('postgres')).default as unknown as typeof import('postgres');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new RecsysError(
      'missing-package',
      'exportToPostgres: expected the package postgres, which is not installed. Install it: npm install postgres',
      { cause },
    );
  }
}

/** Creates the extension if it is not there. @returns its schema */
async function findExtension(sql: TransactionSql): Promise<string> {
  const read = () => sql<{ schema: string; version: string }[]>`
    select n.nspname as schema, e.extversion as version
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'`;
  let [found] = await read();
  if (!found) {
    const [available] = await sql`select 1 from pg_available_extensions where name = 'vector'`;
    if (!available)
      throw new RecsysError(
        'missing-package',
        'exportToPostgres: expected the extension vector, received a server without it. Install pgvector there.',
      );
    await sql.unsafe('create extension vector');
    [found] = await read();
  }
  const [major, minor] = found!.version.split('.').map(Number) as [number, number];
  if (major === 0 && minor < 8)
    invalid('exportToPostgres', 'pgvector 0.8 or later', found!.version, 'alter extension vector update');
  return found!.schema;
}

/** Refuses to replace tables that something else has made, or views of these names. */
async function assertOwnTables(sql: TransactionSql, options: TableOptions): Promise<void> {
  for (const kind of ['items', 'users', 'seen'] as const)
    for (const isNew of [false, true]) {
      const [found] = await sql<{ comment: string | null }[]>`
        select obj_description(to_regclass(${nameTable(options, kind, isNew)}), 'pg_class') as comment
        where to_regclass(${nameTable(options, kind, isNew)}) is not null`;
      if (found && (isNew || !found.comment?.startsWith(mark)))
        invalid(
          'exportToPostgres(name)',
          'a name that no other table has',
          nameTable(options, kind, isNew),
          'Choose another name, or drop the table.',
        );
    }
}
