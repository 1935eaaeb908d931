// structure: the routes of one service, which its tests share
import { describe, expect, it } from 'vitest';
import { createClient } from './client/index.js';
import { createService } from './create-service.js';
import { createEaseRecommender, createRatingRecommender, createTableRecommender, post } from './service.fixture.js';
import type { RequestRecord } from './types.js';

const recommender = createTableRecommender();
const limits = { milliseconds: 120_000 };
const service = createService({ models: { films: { recommender } }, limits });
const client = createClient('http://service', { fetch: service.fetch, ...limits });
const list = async (body: Parameters<typeof client.recommend>[0]) =>
  (await client.recommend(body)).recommendations.map(({ title }) => title).join('');

const ids = 'a text of 1 to 1000 characters, or a whole number within ±(2^53 − 1); write larger ones as texts';

describe('POST /recommend', () => {
  it('answers users and histories as the recommender does', async () => {
    const { model, recommendations } = await client.recommend({ user: 100, count: 2 });
    expect({ model, recommendations }).toEqual({
      model: 'films',
      recommendations: await recommender.recommend({ user: 100 }, 2),
    });
    expect(await list({ history: [40, 10] })).toBe('DCA');
  });

  it('takes all options', async () => {
    expect(await list({ user: 100, exclude: [20] })).toBe('DB');
    expect(await list({ user: 100, allow: [10, 30] })).toBe('DB');
    expect(await list({ user: 100, repeat: true })).toBe('AECDB');
    expect(await list({ user: 100, filter: { genre: 'Drama' } })).toBe('DB');
    expect(await list({ history: [], diversity: 0.9 })).toBe('EDCAB');
    expect(await list({ history: [], popularityDiscount: 1 })).toBe('DECBA');
    const { recommendations } = await client.recommend({ user: 100, count: 1, explain: 2 });
    expect(recommendations[0]!.because!.map(({ title }) => title)).toEqual(['E', 'A']);
  });

  it('scores requests that arrive together in one call', async () => {
    const before = await readMetric(service, 'footlight_batch_size_count');
    await Promise.all(Array.from({ length: 20 }, () => client.recommend({ user: 100 })));
    expect((await readMetric(service, 'footlight_batch_size_count')) - before).toBe(1);
  });

  it('says what is wrong', async () => {
    const cases: (readonly [body: unknown, status: number, message: string])[] = [
      [{}, 400, 'body: expected user, history or session, or user and session, received none.'],
      [
        { user: 100, history: [] },
        400,
        'body: expected user, history or session, or user and session, received user and history.',
      ],
      [{ user: 100, ratings: [1] }, 400, 'body.ratings: expected a history that they rate, received none.'],
      [
        { user: 7 },
        422,
        'recommend(user): expected a user id of the catalogue, received 7. Ids are those of the source.',
      ],
      [{ user: true }, 400, `body.user: expected ${ids}.`],
      [{ user: 2 ** 53 }, 400, `body.user: expected ${ids}.`], // 2^53 + 1 is read as 2^53, another user
      [{ history: [1.5] }, 400, `body.history.0: expected ${ids}.`],
      [{ user: 100, count: 0 }, 400, 'body.count: expected number to be >=1.'],
      [{ user: 100, count: 1e9 }, 400, 'body.count: expected number to be <=1000.'],
      [{ user: 100, cuont: 3 }, 400, 'body: Unrecognized key: "cuont".'],
      [[], 400, 'body: expected object, received array.'],
      [{ user: 100, model: 'x' }, 404, 'model: expected films, received "x".'],
      [
        { session: 'none' },
        404,
        'body.session: expected a session with events, received "none". Send some to /events, or name the user.',
      ],
    ];
    for (const [body, status, message] of cases) {
      const answer = await post(service, '/recommend', body);
      expect(answer).toMatchObject({ status, body: { error: { message } } });
    }
    expect(await post(service, '/recommend', '{"user": NaN}')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid-request', message: expect.stringMatching(/^body: expected JSON/) } },
    });
  });
});

describe('POST /similar', () => {
  it('answers with similar items', async () => {
    expect((await client.similar({ item: 0, count: 2 })).recommendations).toEqual(await recommender.similarItems(0, 2));
    await expect(client.similar({ item: 5 })).rejects.toThrow('expected an item id of the catalogue, received 5');
  });
});

describe('POST /predict', () => {
  const rated = createService({ models: { ratings: { recommender: createRatingRecommender() } } });

  it('predicts ratings in the order of the items', async () => {
    const { fetch } = rated;
    const { predictions } = await createClient('http://service', { fetch }).predict({ user: 100, items: [40, 10] });
    expect(predictions).toEqual([
      { item: 40, rating: 8 },
      { item: 10, rating: 1 },
    ]);
  });

  it('refuses models that rank', async () => {
    await expect(client.predict({ user: 100, items: [40] })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: model: expected one that predicts ratings, received films, which ranks items. Use /recommend.]`,
    );
  });
});

describe('POST /events', () => {
  it('appends to a session, which answers use at once', async () => {
    expect(await client.sendEvents({ session: 's1', events: [{ item: 40 }] })).toEqual({ model: 'films', length: 1 });
    expect(await list({ session: 's1' })).toBe('DCBA');
    expect(await client.sendEvents({ session: 's1', events: [{ item: 10 }] })).toMatchObject({ length: 2 });
    expect(await list({ session: 's1' })).toBe('DCA');
  });

  it('follows the history of a user', async () => {
    expect(await list({ user: 100, session: 'new' })).toBe('CDB');
    await client.sendEvents({ session: 'new', events: [{ item: 20 }] });
    expect(await list({ user: 100, session: 'new' })).toBe('DB'); // 0 and 40 of the user, 20 of the session
  });

  it('stores nothing of unknown items', async () => {
    await expect(client.sendEvents({ session: 's2', events: [{ item: 0 }, { item: 5 }] })).rejects.toThrow(
      'body.events: expected items of the model, received 5. None of these events was stored.',
    );
    await expect(client.recommend({ session: 's2' })).rejects.toThrow('expected a session with events');
  });
});

describe('batch forms', () => {
  it('answer each request or say why not', async () => {
    const answers = await client.recommendBatch([{ user: 100, count: 1 }, { user: 7 }, { count: 1.5 } as never]);
    expect(answers).toEqual([
      { model: 'films', recommendations: await recommender.recommend({ user: 100 }, 1) },
      { error: { code: 'not-possible', message: expect.stringContaining('received 7') } },
      { error: { code: 'invalid-request', message: expect.stringContaining('body.count') } },
    ]);
    expect(
      await client.similarBatch([
        { item: 0, count: 1 },
        { item: 40, count: 1 },
      ]),
    ).toHaveLength(2);
    expect(await client.sendEventsBatch([{ session: 'b', events: [{ item: 0 }] }])).toEqual([
      { model: 'films', length: 1 },
    ]);
  });
});

describe('GET', () => {
  const get = async (path: string) => {
    const response = await service.fetch(new Request(`http://service${path}`));
    return { status: response.status, text: await response.text() };
  };

  it('/health and /model describe the models', async () => {
    expect(await client.readHealth()).toEqual({ status: 'ok', models: ['films'] });
    const described = createService({
      models: {
        films: {
          recommender: createEaseRecommender(),
          ...{ hash: 'abc', date: '2026-01-01T00:00:00.000Z', dataLicense: 'research use' },
          description: { model: { name: 'ease', protocol: { regularization: 1 } }, metrics: { 'ndcg@10': 0.25 } },
        },
      },
    });
    const response = await described.fetch(new Request('http://service/model'));
    expect(await response.json()).toEqual({
      models: [
        {
          ...{ name: 'films', share: 100, hash: 'abc', date: '2026-01-01T00:00:00.000Z' },
          model: { name: 'ease', protocol: { regularization: 1 } },
          metrics: { 'ndcg@10': 0.25 },
          data: { users: 2, items: 5, license: 'research use' },
          answers: { users: true, histories: true, ratings: false, similar: true },
        },
      ],
    });
  });

  it('/openapi.json describes all routes by the schemas of the bodies', async () => {
    const { text } = await get('/openapi.json');
    const { paths, components } = JSON.parse(text);
    expect(Object.keys(paths).sort()).toEqual(
      ['recommend', 'similar', 'predict', 'events']
        .flatMap((name) => [`/${name}`, `/${name}/batch`])
        .concat('/health', '/model', '/metrics')
        .sort(),
    );
    expect(components.schemas.RecommendBody.properties.count).toEqual({
      ...{ type: 'integer', minimum: 1, maximum: 1000 },
      description: 'Number of items; default 10',
    });
    for (const [, reference] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(components.schemas).toHaveProperty(reference!);
  });

  it('refuses other paths and methods', async () => {
    expect(await get('/recommend')).toMatchObject({ status: 405 });
    expect(await get('/admin')).toMatchObject({ status: 404 });
    expect((await post(service, '/health', {})).status).toBe(405);
  });
});

describe('onRequest', () => {
  it('gets one record per request', async () => {
    const records: RequestRecord[] = [];
    const logged = createService({
      models: { films: { recommender } },
      onRequest: (record) => records.push(record),
    });
    await post(logged, '/recommend', { user: 100 });
    await post(logged, '/recommend', { user: 7 });
    await post(logged, '/elsewhere', {});
    const shown = records.map(({ path, status, model, error }) => ({ path, status, model, error }));
    expect(shown).toEqual([
      { path: '/recommend', status: 200, model: 'films', error: undefined },
      { path: '/recommend', status: 422, model: 'films', error: 'not-possible' },
      { path: 'other', status: 404, model: undefined, error: 'unknown-route' },
    ]);
    expect(records[0]!.bucket).toBe(records[0]!.bucket! % 10_000);
  });
});

async function readMetric({ fetch }: typeof service, name: string): Promise<number> {
  const text = await (await fetch(new Request('http://service/metrics'))).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)![1]);
}
