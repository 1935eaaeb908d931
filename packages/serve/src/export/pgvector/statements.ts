import { invalid } from '@footlight/core';
import type { OriginalIds } from '@footlight/datasets';

/** Where the tables are, and what they hold. */
export interface TableNames {
  readonly schema: string;
  /** What the names of tables and functions begin with. */
  readonly name: string;
  /** Schema of the extension. */
  readonly extension: string;
}

/** What the statements depend on. */
export interface TableOptions extends TableNames {
  readonly itemIds: OriginalIds;
  /** Absent if there are no users. */
  readonly userIds?: OriginalIds;
  readonly hasTitles: boolean;
  /** Length of the vectors in the tables: that of the model and one more, for the bias. */
  readonly width: number;
}

export type TableKind = 'items' | 'users' | 'seen';

/** The largest vector that pgvector has an index for. */
const maximumWidth = 2000;
/** The bytes of a name that PostgreSQL keeps. */
const maximumNameBytes = 63;

/** Quotes a name for PostgreSQL. */
const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Quotes a text for PostgreSQL, whatever its settings for backslashes are. */
const quoteText = (text: string): string => ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Checks names and sizes before anything is written. */
export function assertTables({ schema, name, width }: Pick<TableOptions, 'schema' | 'name' | 'width'>): void {
  for (const [what, text, longest] of [
    ['schema', schema, schema],
    ['name', name, `${name}_recommend_fast`],
  ] as const) {
    if (text === '' || text.includes('\0')) invalid(`exportToPostgres(${what})`, 'a name', JSON.stringify(text));
    const bytes = new TextEncoder().encode(longest).length;
    const most = maximumNameBytes - (longest.length - text.length);
    if (bytes > maximumNameBytes)
      invalid(
        `exportToPostgres(${what})`,
        `at most ${most} bytes, of which PostgreSQL would drop none`,
        bytes - (longest.length - text.length),
      );
  }
  if (width > maximumWidth)
    invalid('exportToPostgres', `vectors of at most ${maximumWidth - 1} numbers, for the index`, width - 1);
}

/** Name of a table; `new` while it is written. */
export function nameTable({ schema, name }: TableNames, kind: TableKind, isNew = false): string {
  return `${quoteName(schema)}.${quoteName(`${name}_${kind}${isNew ? '_new' : ''}`)}`;
}

/** The kinds of tables that there are. */
export const listKinds = ({ userIds }: TableOptions): TableKind[] => (userIds ? ['items', 'users', 'seen'] : ['items']);

function findType(ids: OriginalIds): string {
  if (ids instanceof Int32Array) return 'integer';
  return ids instanceof Float64Array ? 'bigint' : 'text';
}

/** Names and types of the columns of a table, quoted, in the order of its rows. None has nulls. */
export function listColumns(
  { itemIds, userIds = [], hasTitles, width, extension }: TableOptions,
  kind: TableKind,
): (readonly [name: string, type: string])[] {
  const [item, user] = [['"item"', findType(itemIds)] as const, ['"user"', findType(userIds)] as const];
  const embedding = ['"embedding"', `${quoteName(extension)}.vector(${width})`] as const;
  if (kind === 'seen') return [user, item];
  if (kind === 'users') return [user, ['"bias"', 'real'], embedding];
  return [item, ['"position"', 'integer'], ...(hasTitles ? [['"title"', 'text'] as const] : []), embedding];
}

/** Creates the new tables, without indexes. */
export function createTables(options: TableOptions): string[] {
  return listKinds(options).map((kind) => {
    const columns = listColumns(options, kind).map(([name, type]) => `${name} ${type} not null`);
    return `create table ${nameTable(options, kind, true)} (${columns.join(', ')})`;
  });
}

/** Creates the indexes of the new tables, when they are full. */
export function createIndexes(options: TableOptions): string[] {
  const { extension } = options;
  const keys = { items: '"item"', users: '"user"', seen: '"user", "item"' };
  return [
    ...listKinds(options).map(
      (kind) => `alter table ${nameTable(options, kind, true)} add primary key (${keys[kind]})`,
    ),
    `create index on ${nameTable(options, 'items', true)}
using hnsw ("embedding" ${quoteName(extension)}.vector_ip_ops)`,
  ];
}

/** Puts the new tables in the place of the old ones, with the functions that recommend. */
export function replaceTables(options: TableOptions, description: string): string[] {
  const { schema, name } = options;
  const all: readonly TableKind[] = ['items', 'users', 'seen'];
  const functions = ['recommend', 'recommend_fast'].map(
    (each) => `${quoteName(schema)}.${quoteName(`${name}_${each}`)}`,
  );
  return [
    ...all.map((kind) => `drop table if exists ${nameTable(options, kind)}`),
    ...listKinds(options).flatMap((kind) => [
      `alter table ${nameTable(options, kind, true)} rename to ${quoteName(`${name}_${kind}`)}`,
      `comment on table ${nameTable(options, kind)} is ${quoteText(description)}`,
    ]),
    ...dropFunctions(options),
    ...(options.userIds
      ? [createFunction(options, functions[0]!, 'exact'), createFunction(options, functions[1]!, 'fast')]
      : []),
  ];
}

/** Drops functions of these names, whatever the types of their ids were. */
function dropFunctions({ schema, name }: TableNames): string[] {
  return ['recommend', 'recommend_fast'].map(
    (each) => `do $footlight$ declare f record; begin
  for f in select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = ${quoteText(schema)} and p.proname = ${quoteText(`${name}_${each}`)}
  loop execute 'drop function ' || f.signature; end loop;
end $footlight$`,
  );
}

/**
 * Creates a function that recommends: `exact` compares all items, with equal scores in the order of the model; `fast`
 * reads the index, whose lists may lack some of the best items.
 */
function createFunction(options: TableOptions, name: string, kind: 'exact' | 'fast'): string {
  const { itemIds, userIds, hasTitles, extension } = options;
  const item = `"item" ${findType(itemIds)}${hasTitles ? ', "title" text' : ''}`;
  const columns = `"rank" integer, ${item}, "score" double precision`;
  const scans = kind === 'fast' ? ` set hnsw.iterative_scan = 'strict_order' set hnsw.ef_search = '100'` : '';
  return `create function ${name}("user" ${findType(userIds!)}, "count" integer) returns table (${columns})
language sql stable${scans} as $footlight$
${formatQuery({ ...options, extension }, kind)}
$footlight$`;
}

/** The query that recommends `$2` items to user `$1`. */
export function formatQuery(options: TableOptions, kind: 'exact' | 'fast'): string {
  const product = `operator(${quoteName(options.extension)}.<#>)`;
  const [items, users, seen] = (['items', 'users', 'seen'] as const).map((each) => nameTable(options, each));
  const title = options.hasTitles ? 'i."title", ' : '';
  const isNew = `not exists (select 1 from ${seen} s where s."user" = $1 and s."item" = i."item")`;
  const outer = `select (row_number() over (order by c."score" desc, c."position"))::integer, c."item", ${
    options.hasTitles ? 'c."title", ' : ''
  }c."score"`;
  const order = 'order by c."score" desc, c."position"';
  if (kind === 'exact')
    return `${outer} from (
  select i."item", i."position", ${title}u."bias" - (i."embedding" ${product} u."embedding") as "score"
  from ${items} i cross join ${users} u where u."user" = $1 and ${isNew}
) c ${order} limit $2`;
  const own = (column: string) => `(select u."${column}" from ${users} u where u."user" = $1)`;
  return `${outer} from (
  select i."item", i."position", ${title}${own('bias')} - (i."embedding" ${product} ${own('embedding')}) as "score"
  from ${items} i where ${isNew} and exists (select 1 from ${users} u where u."user" = $1)
  order by i."embedding" ${product} ${own('embedding')} limit $2
) c ${order}`;
}

/** A call of the function that recommends. */
export function formatCall({ schema, name }: TableNames, user: string | number): string {
  const id = typeof user === 'number' ? `${user}` : quoteText(user).trim();
  return `select * from ${quoteName(schema)}.${quoteName(`${name}_recommend`)}(${id}, 10);`;
}
