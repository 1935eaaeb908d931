import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { useBackend } from '@footlight/engine';
import { factorization, ials, sasRec } from '@footlight/models';
import { createRecommender, type Recommender } from '@footlight/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrained } from '../onnx/onnx.fixture.js';
import { exportToPostgres } from './export-to-postgres.js';

/** The server of `FOOTLIGHT_TEST_POSTGRES` if it is given, which has pgvector, else PGlite. */
const given = process.env['FOOTLIGHT_TEST_POSTGRES'];

describe('exportToPostgres', () => {
  let database: PGlite | undefined;
  let server: PGLiteSocketServer | undefined;
  let address = given ?? '';
  beforeAll(async () => {
    await useBackend('cpu');
    if (given !== undefined) return;
    database = await PGlite.create({ extensions: { vector } });
    server = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1' });
    await server.start();
    address = `postgres://postgres:postgres@${server.getServerConn()}/postgres?sslmode=disable`;
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await database?.close();
  });

  async function query<Row>(text: string): Promise<Row[]> {
    const { default: connect } = await import('postgres');
    const sql = connect(address, { max: 1, connect_timeout: 10, onnotice: () => {}, prepare: false });
    try {
      return (await sql.unsafe(text)) as unknown as Row[];
    } finally {
      await sql.end();
    }
  }
  const quote = (id: string | number) => (typeof id === 'number' ? String(id) : `'${id.replaceAll("'", "''")}'`);
  const listInSql = (user: string | number, count: number, name = 'footlight', fast = '') =>
    query<{ rank: number; item: string; score: number }>(
      `select * from "${name.replaceAll('"', '""')}_recommend${fast}"(${quote(user)}, ${count})`,
    );
  const expectSameLists = async (recommender: Recommender, name?: string) => {
    const { userIds } = recommender.catalogue;
    for (const user of [userIds[0]!, userIds[3]!, userIds[8]!]) {
      const list = await recommender.recommend({ user }, 20);
      for (const fast of ['', '_fast']) {
        const rows = await listInSql(user, 20, name, fast);
        expect(rows.map(({ item }) => item)).toEqual(list.map(({ item }) => item));
        expect(rows.map(({ rank }) => rank)).toEqual(list.map((_, at) => at + 1));
        for (const [at, { score }] of list.entries()) expect(rows[at]!.score).toBeCloseTo(score, 4);
      }
    }
  };

  it.each([
    ['factorization', () => createTrained(factorization({ dim: 3 }))],
    ['a sequence model', () => createTrained(sasRec({ dim: 6, history: 5 }))],
    ['ials', () => createTrained(ials({ dim: 3 }))],
  ])(
    'recommends what the model recommends: %s',
    async (_, create) => {
      const recommender = create();
      const written = await exportToPostgres(address, recommender);
      expect(written).toMatchObject({ itemCount: 29, userCount: 10, usersLeftOut: 1 });
      await expectSameLists(recommender);
      expect(await listInSql(110, 20)).toEqual([]);
      expect(written.query).toContain('order by c."score" desc, c."position" limit $2');
    },
    60_000,
  );

  it('quotes names, ids and titles', async () => {
    const { known, predictor } = createTrained(factorization({ dim: 3 }));
    const texts = ["o'clock", 'tab\there', 'line\nbreak', 'back\\slash', '"quoted"', '\\N', '', 'é漢😀', '7', '07'];
    const catalogue = {
      ...known.catalogue,
      userIds: Array.from({ length: 11 }, (_user, at) => texts[at] ?? 'last'),
      itemIds: Array.from({ length: 29 }, (_item, at) => texts[at] ?? `item ${at}`),
      itemTitles: Array.from({ length: 29 }, (_item, at) => texts[at] ?? ''),
    };
    const recommender = createRecommender(predictor, { ...known, catalogue });
    const name = 'a "b" drop table x; --';
    await exportToPostgres(address, recommender, { name, description: "it's \\ a 'model'" });
    await expectSameLists(recommender, name);
    const [{ comment }] = (await query<{ comment: string }>(
      `select obj_description('"a ""b"" drop table x; --_items"'::regclass) as comment`,
    )) as [{ comment: string }];
    expect(comment).toBe("Written by footlight export. it's \\ a 'model'");
  }, 60_000);

  it('replaces earlier tables as a whole, or not at all', async () => {
    const first = createTrained(ials({ dim: 3 }));
    await exportToPostgres(address, first, { name: 'again' });
    const next = createTrained(factorization({ dim: 5 }));
    const stop = new AbortController();
    stop.abort(new Error('ended'));
    await expect(exportToPostgres(address, next, { name: 'again', signal: stop.signal })).rejects.toThrow('ended');
    await expectSameLists(first, 'again');
    const { known, predictor } = next;
    const bad = { ...known.catalogue, itemIds: Array.from({ length: 29 }, (_, at) => (at === 28 ? 'a\0b' : `${at}`)) };
    const failing = createRecommender(predictor, { ...known, catalogue: bad });
    await expect(exportToPostgres(address, failing, { name: 'again' })).rejects.toThrow(
      'exportToPostgres: expected texts that PostgreSQL can store, received "a\\u0000b", with a null character',
    );
    await expectSameLists(first, 'again');
    await exportToPostgres(address, next, { name: 'again' });
    await expectSameLists(next, 'again');
    expect(await query(`select tablename from pg_tables where tablename like 'again%' order by 1`)).toEqual([
      { tablename: 'again_items' },
      { tablename: 'again_seen' },
      { tablename: 'again_users' },
    ]);
  }, 60_000);

  it('refuses tables of others, and schemas that there are not', async () => {
    const recommender = createTrained(factorization({ dim: 3 }));
    await query('drop table if exists foreign_items; create table foreign_items (a integer)');
    await expect(exportToPostgres(address, recommender, { name: 'foreign' })).rejects.toThrow(
      'exportToPostgres(name): expected a name that no other table has, received "public"."foreign_items".',
    );
    await expect(exportToPostgres(address, recommender, { schema: 'nowhere' })).rejects.toThrow(
      'received: schema "nowhere" does not exist. Earlier tables are unchanged.',
    );
  }, 60_000);
});
