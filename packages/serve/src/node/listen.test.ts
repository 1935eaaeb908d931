// structure: half of it is the list of hostile bodies
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createService } from '../create-service.js';
import { createTableRecommender } from '../service.fixture.js';
import type { RecommendAnswer } from '../types.js';
import { type Listening, listen } from './listen.js';

const start = (milliseconds = 120_000) =>
  listen(createService({ models: { films: { recommender: createTableRecommender() } }, limits: { milliseconds } }), {
    ...{ port: 0, milliseconds },
  });

describe('listen', () => {
  let listening: Listening;
  beforeAll(async () => {
    listening = await start();
  });
  afterAll(() => listening.close());

  const send = async (path: string, body: BodyInit | undefined, type = 'application/json') => {
    const headers = { 'content-type': type };
    const response = await fetch(listening.url + path, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  };

  it('answers hostile requests with clear errors of the client, and its memory does not grow', async () => {
    const hostile = createHostileBodies();
    const count = process.env['FOOTLIGHT_TEST_SUITE'] === 'all' ? 10_000 : 150;
    const attack = async (from: number, to: number) => {
      for (let at = from; at < to; at += 50)
        await Promise.all(
          Array.from({ length: 50 }, async (_, more) => {
            const { path, body, type } = hostile[(at + more) % hostile.length]!;
            const { status, text } = await send(path, body, type);
            const shown = `${path} ${String(body).slice(0, 80)}: ${status} ${text.slice(0, 200)}`;
            expect(status >= 400 && status < 500, shown).toBe(true);
            const { error } = JSON.parse(text) as { error: { message: string } };
            expect(error.message.length > 10 && error.message.length < 4000, shown).toBe(true);
          }),
        );
    };
    const warmUp = count === 150 ? 350 : 2500; // what is made once is there
    await attack(0, warmUp);
    const before = await measureMemory();
    await attack(warmUp, count + warmUp);
    expect((await measureMemory()) - before).toBeLessThan(16 * 2 ** 20);
    expect((await send('/recommend', '{"user":100}')).status).toBe(200);
  }, 600_000);

  it('closes connections that send too slowly, and closes without them', async () => {
    const { url, close } = await start(200);
    const { port, hostname } = new URL(url);
    const drip = (text: string, to = Number(port)) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(to, hostname, () => void socket.write(text));
        socket.on('data', (data) => {
          answer += data.toString();
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(answer));
      });
    const head = 'POST /recommend HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n';
    const answers = await Promise.all([
      drip(head),
      drip(`${head}\r\n{"user"`),
      drip('NONSENSE\r\n\r\n', Number(new URL(listening.url).port)),
    ]);
    expect(answers[0]).toMatch(/^HTTP\/1.1 408/);
    expect(answers[1]).toMatch(/^HTTP\/1.1 408/);
    expect(answers[2]).toMatch(/^HTTP\/1.1 400/);
    await close();
  }, 120_000);

  it('answers requests that have begun before it closes', async () => {
    let begun = 0;
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const sessions = {
      append: async () => 0,
      async read() {
        begun++;
        await answered;
        return [{ item: 40 }];
      },
    };
    const models = { films: { recommender: createTableRecommender() } };
    const { url, close } = await listen(createService({ models, sessions, limits: { milliseconds: 120_000 } }), {
      port: 0,
    });
    const headers = { 'content-type': 'application/json' };
    const sent = Array.from({ length: 30 }, async () => {
      const response = await fetch(`${url}/recommend`, { method: 'POST', headers, body: '{"session":"s"}' });
      return [response.status, ((await response.json()) as RecommendAnswer).recommendations.length];
    });
    await vi.waitUntil(() => begun === 30, { timeout: 60_000 });
    const closing = close();
    answer();
    expect(await Promise.all(sent)).toEqual(sent.map(() => [200, 4]));
    await closing;
    await expect(fetch(url)).rejects.toThrow();
  }, 120_000);

  it('says why it cannot listen', async () => {
    const { port } = new URL(listening.url);
    const service = createService({ models: { films: { recommender: createTableRecommender() } } });
    await expect(listen(service, { port: Number(port) })).rejects.toThrow(
      /^listen: expected a free port on 127.0.0.1, received: /,
    );
    await expect(listen(service, { port: 70_000 })).rejects.toThrow(
      'listen(port): expected an integer from 0 to 65535',
    );
  });
});

interface HostileBody {
  readonly path: string;
  readonly body: BodyInit | undefined;
  readonly type?: string;
}

/** Bodies of wrong types and sizes, unknown ids, numbers that are none, and texts that are no JSON. */
function createHostileBodies(): HostileBody[] {
  const values = [
    'null',
    'true',
    '{}',
    '[]',
    '[[]]',
    '""',
    '-1',
    '1e999',
    '-0.5',
    '1e308',
    '{"a":1}',
    '[null]',
    '"\\u0000"',
  ];
  values.push(
    JSON.stringify('x'.repeat(10_000)),
    '9007199254740993',
    '"__proto__"',
    '["constructor"]',
    '{"__proto__":{"count":1}}',
  );
  const fields = {
    '/recommend': ['user', 'history', 'session', 'model', 'filter', 'unknown', '__proto__'],
    '/similar': ['item', 'model'],
    '/predict': ['items', 'user'],
    '/events': ['session', 'events'],
  };
  const typed = Object.entries(fields).flatMap(([path, names]) =>
    names.flatMap((name) =>
      values.map((value) => ({
        path,
        body: name === 'history' && value === '[]' ? '{"history":[7]}' : `{"${name}":${value}}`,
      })),
    ),
  );
  const options = ['count', 'explain', 'diversity', 'popularityDiscount', 'repeat', 'exclude', 'allow', 'clip'];
  const wrong = ['null', '"5"', '-1', '1e999', '1e15', '{}', '[{}]', '[[1]]', '["none"]'];
  const listed = options.flatMap((name) =>
    wrong.map((value) => ({ path: '/recommend', body: `{"user":100,"${name}":${value}}` })),
  );
  const texts = [
    '',
    ' ',
    '{',
    '{"user":',
    '{"user":NaN}',
    '{"user":Infinity}',
    "{'user':1}",
    '\u0000',
    '[1,',
    `${'['.repeat(50_000)}`,
  ];
  const broken = texts.flatMap((body) => [
    { path: '/recommend', body },
    { path: '/recommend/batch', body },
  ]);
  return [
    ...typed,
    ...listed,
    ...broken,
    { path: '/recommend/batch', body: '{"requests":[]}' },
    { path: '/recommend/batch', body: `{"requests":[${'{},'.repeat(2000)}{}]}` },
    { path: '/recommend', body: JSON.stringify({ history: new Array(20_000).fill(0) }) },
    { path: '/recommend', body: ' '.repeat(2 ** 20 + 1) },
    { path: '/recommend', body: '{"user":100}', type: 'text/plain' },
    { path: '/recommend', body: undefined },
    { path: '/nowhere', body: '{}' },
    { path: '/health', body: '{}' },
  ];
}

/** Bytes that are in use after a collection. */
async function measureMemory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let smallest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5; attempt++) {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    smallest = Math.min(smallest, heapUsed + external);
    await new Promise((resolve) => setTimeout(resolve, 50)); // sockets close, finalizers run
  }
  return smallest;
}
