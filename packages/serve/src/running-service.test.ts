import { sign } from 'hono/jwt';
import { describe, expect, it, vi } from 'vitest';
import { createService } from './create-service.js';
import { createTableRecommender, post } from './service.fixture.js';
import type { RequestRecord } from './types.js';

const recommender = createTableRecommender();
const models = { films: { recommender } };

describe('several models', () => {
  it('divide the users by their shares, and a user always meets the same model', async () => {
    const records: RequestRecord[] = [];
    const service = createService({
      models: { a: { recommender, share: 90 }, b: { recommender: createTableRecommender(2), share: 10 } },
      onRequest: (record) => records.push(record),
    });
    const choose = async (): Promise<string[]> => {
      records.length = 0;
      for (let user = 0; user < 300; user++) await post(service, '/recommend', { user });
      return records.map(({ model }) => model!);
    };
    const first = await choose();
    const share = first.filter((model) => model === 'b').length;
    expect(share).toBeGreaterThan(13); // 30 ± 3 standard deviations of 5.2
    expect(share).toBeLessThan(47);
    expect(await choose()).toEqual(first);
    expect(records.every(({ bucket, model }) => bucket! < 9000 === (model === 'a'))).toBe(true);
    expect((await post(service, '/recommend', { user: 100, model: 'b' })).body).toMatchObject({ model: 'b' });
  });

  it('are refused if their shares do not sum to 100', () => {
    expect(() => createService({ models: {} })).toThrow(
      'createService(models): expected at least one model, received none.',
    );
    const service = () => createService({ models: { a: { recommender, share: 90 }, b: { recommender } } });
    expect(service).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createService(models): expected a share of each model, which sum to 100, received a: 90, b: none.]`,
    );
  });
});

describe('replaceModels', () => {
  it('drops no request and mixes no answers, and frees the earlier model after its last request', async () => {
    const earlier = createTableRecommender();
    const dispose = vi.fn();
    const service = createService({ models: { films: { recommender: { ...earlier, dispose } } } });
    const lists = [1, 2].map((factor) => [5, 4, 1].map((score) => factor * score));
    const begun: ReturnType<typeof post>[] = [];
    const batch = { requests: Array.from({ length: 20 }, () => ({ user: 100 })) };
    for (let at = 0; at < 100; at++) {
      begun.push(post(service, '/recommend/batch', batch));
      if (at === 50) service.replaceModels({ films: { recommender: createTableRecommender(2) } });
      if (at % 25 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const factors = (await Promise.all(begun)).map(({ status, body }) => {
      expect(status).toBe(200);
      const { answers } = body as { answers: { recommendations: { score: number }[] }[] };
      const scores = answers.map(({ recommendations }) => recommendations.map(({ score }) => score));
      expect(lists).toContainEqual(scores[0]);
      expect(scores.every((each) => each.join() === scores[0]!.join())).toBe(true);
      return scores[0]![0]! / 5;
    });
    expect(factors.slice(51)).toEqual(factors.slice(51).map(() => 2));
    expect(factors.slice(0, 51)).toEqual(factors.slice(0, 51).map(() => 1));
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('keeps the earlier models if the new ones are refused', async () => {
    const service = createService({ models });
    expect(() => service.replaceModels({})).toThrow('at least one model');
    expect((await post(service, '/recommend', { user: 100 })).status).toBe(200);
  });
});

describe('keys and tokens', () => {
  it('are needed where they are set, except for health', async () => {
    const service = createService({ models, apiKeys: ['first', 'second'] });
    const send = (headers = {}) => post(service, '/recommend', { user: 100 }, headers);
    expect(await send()).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(await send({ authorization: 'Bearer third' })).toMatchObject({ status: 401 });
    expect(await send({ authorization: 'Bearer second' })).toMatchObject({ status: 200 });
    expect((await service.fetch(new Request('http://service/health'))).status).toBe(200);
    expect((await service.fetch(new Request('http://service/metrics'))).status).toBe(401);
  });

  it('are signed and expire', async () => {
    const service = createService({ models, jwtSecret: 'secret' });
    const send = async (secret: string, exp: number) =>
      (await post(service, '/recommend', { user: 100 }, { authorization: `Bearer ${await sign({ exp }, secret)}` }))
        .status;
    const later = Math.floor(Date.now() / 1000) + 60;
    expect([await send('secret', later), await send('other', later), await send('secret', 1)]).toEqual([200, 401, 401]);
    expect(() => createService({ models, jwtSecret: 's', apiKeys: ['k'] })).toThrow('expected apiKeys or jwtSecret');
    expect(() => createService({ models, apiKeys: [''] })).toThrow('none of which is empty');
  });
});

describe('cors', () => {
  it('is off by default, and on for the origins that are named', async () => {
    const readOrigin = async (cors?: readonly string[]) => {
      const { headers } = await post(
        createService({ models, ...(cors && { cors }) }),
        '/recommend',
        { user: 100 },
        { origin: 'https://a.example' },
      );
      return headers.get('access-control-allow-origin');
    };
    expect([
      await readOrigin(),
      await readOrigin(['https://b.example']),
      await readOrigin(['https://a.example']),
    ]).toEqual([null, null, 'https://a.example']);
  });
});

describe('limits', () => {
  it('refuse bodies that are too large, with or without their length, and other types', async () => {
    const service = createService({ models, limits: { bytes: 100 } });
    expect(await post(service, '/recommend', { user: 'x'.repeat(100) })).toMatchObject({ status: 413 });
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('"'.repeat(50))), // without an end
    });
    const endless = new Request('http://service/recommend', {
      ...{ method: 'POST', body: chunks, headers: { 'content-type': 'application/json' }, duplex: 'half' },
    } as RequestInit);
    expect((await service.fetch(endless)).status).toBe(413);
    expect(await post(service, '/recommend', { user: 1 }, { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
    });
  });

  it('refuse requests beyond those that are answered at the same time', async () => {
    const service = createService({ models, limits: { concurrency: 2 } });
    const answers = await Promise.all([1, 2, 3].map(() => post(service, '/recommend', { user: 100 })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503]);
    expect(answers[2]!.headers.get('retry-after')).toBe('1');
    expect((await post(service, '/recommend', { user: 100 })).status).toBe(200);
  });

  it('give requests up that take too long, and bodies that do not arrive', async () => {
    const never = new Promise<never>(() => {});
    const sessions = { append: () => never, read: () => never };
    const service = createService({ models, sessions, limits: { milliseconds: 20 } });
    expect(await post(service, '/recommend', { session: 's' })).toMatchObject({
      ...{ status: 504, body: { error: { code: 'timeout' } } },
    });
    const slow = new Request('http://service/recommend', {
      ...{
        method: 'POST',
        body: new ReadableStream({}),
        headers: { 'content-type': 'application/json' },
        duplex: 'half',
      },
    } as RequestInit);
    expect((await service.fetch(slow)).status).toBe(408);
  });

  it('must be positive integers', () => {
    expect(() => createService({ models, limits: { count: 0 } })).toThrow('createService(limits.count)');
  });
});

describe('close', () => {
  it('answers requests that have begun, refuses others, and frees the models', async () => {
    const dispose = vi.fn();
    const service = createService({ models: { films: { recommender: { ...createTableRecommender(), dispose } } } });
    const begun = post(service, '/recommend', { user: 100 });
    const closing = service.close();
    expect((await post(service, '/recommend', { user: 100 })).status).toBe(503);
    expect((await service.fetch(new Request('http://service/health'))).status).toBe(503);
    expect(dispose).not.toHaveBeenCalled();
    expect((await begun).status).toBe(200);
    await closing;
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});

describe('errors of the service itself', () => {
  it('are in the log, not in the answer', async () => {
    const records: RequestRecord[] = [];
    const sessions = { append: () => Promise.reject(new Error('disk on fire')), read: async () => [] };
    const service = createService({ models, sessions, onRequest: (record) => records.push(record) });
    const { status, body } = await post(service, '/events', { session: 's', events: [{ item: 0 }] });
    expect([status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining('fire')]);
    expect(records[0]).toMatchObject({ status: 500, error: 'failed', reason: 'disk on fire' });
  });
});
