// structure: every fault of a server that a log meets
import { connect, createServer, type Socket } from 'node:net';
import { findRedisServer, type RedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { redisLog } from './redis-log.js';

const catchError = (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
  work.then(
    () => ({ code: 'none', message: 'no error' }),
    ({ code, message }) => ({ code, message: message.replaceAll(/127\.0\.0\.1:\d+/g, 'host:port') }),
  );

describe.skipIf(!findRedisServer())('redisLog', () => {
  let server: RedisServer;
  let databases = 0;
  beforeAll(async () => {
    server = await startRedis('--databases', '20');
  });
  afterAll(() => server.remove());
  /** A log in a database of its own. */
  function open(url = `${server.url}/${++databases}`, options = {}) {
    const log = redisLog(url, options);
    onTestFinished(() => log.close());
    return log;
  }

  it('has the keys of Optuna, and reads in batches', async () => {
    const log = open();
    expect(await log.read(0)).toEqual([]);
    expect(await log.append(['{"a":1}', '{"ü":2}'])).toBe(true);
    expect(await log.append(['{}'], 1)).toBe(false);
    expect(await log.append(['{}'], 2)).toBe(true);
    const run = (...words: string[]) => server.run('-n', String(databases), ...words).trim();
    expect([run('get', ':log_number'), run('get', ':log:0'), run('get', ':log:2')]).toEqual(['2', '{"a":1}', '{}']);
    const many = Array.from({ length: 2500 }, (_, number) => String(number));
    await log.append(many);
    expect(await log.read(3)).toEqual(many);
    const other = open(`${server.url}/${databases}?prefix=b`);
    await other.append(['x']);
    expect(run('get', 'b:log:0')).toBe('x');
    expect((await log.read(0)).length).toBe(2503);
    expect(run('keys', '*snapshot*')).toBe('');
  });

  it('is shared by studies, which run every number once', async () => {
    const first = open();
    const logs = [first, open(`${server.url}/${databases}`), open(`${server.url}/${databases}`)];
    const studies = [];
    for (const log of logs) studies.push(await createStudy({ name: 'a', log, stop: { trials: 30 } }));
    await Promise.all(studies.map((study) => study.optimize(parabola, { workers: 2 })));
    for (const study of studies) await study.refresh();
    expect(studies[0]!.trials.length).toBe(30);
    expect(studies[0]!.trials).toEqual(studies[2]!.trials);
    expect(studies[0]!.trials.every(({ state }) => state === 'complete')).toBe(true);
  });

  /** A relay in front of Redis, which can swallow an answer and end the connection. */
  async function startRelay(swallows: (request: string) => boolean): Promise<string> {
    const sockets = new Set<Socket>();
    const relay = createServer((client) => {
      const upstream = connect(server.port, '127.0.0.1');
      let ends = false;
      for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
      client.on('data', (data) => {
        ends ||= swallows(data.toString());
        upstream.write(data);
      });
      upstream.on('data', (data) => (ends ? client.destroy() : client.write(data)));
      for (const [one, other] of [[client, upstream] as const, [upstream, client] as const])
        one.on('close', () => other.destroy());
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      relay.close();
    });
    return `redis://127.0.0.1:${(relay.address() as { port: number }).port}`;
  }

  it('appends once although the answer was lost', async () => {
    let lost = 0;
    const url = await startRelay((request) => request.includes('entry-b') && ++lost === 1);
    const log = open(`${url}/${++databases}`);
    expect(await log.append(['entry-a'])).toBe(true);
    expect(await log.append(['entry-b', 'entry-c'])).toBe(true);
    expect(lost).toBe(2);
    expect(await log.append(['entry-a'], 3)).toBe(true);
    expect(await log.read(0)).toEqual(['entry-a', 'entry-b', 'entry-c', 'entry-a']);
  });

  it('appends once although the caller gave up and tried again', async () => {
    let lost = 0;
    const url = await startRelay((request) => request.includes('entry-b') && ++lost === 1);
    const log = open(`${url}/${++databases}`, { retrySeconds: 0 });
    await log.append(['entry-a']);
    expect((await catchError(log.append(['entry-b']))).code).toBe('read-failed');
    while (!(await log.read(0).catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await log.append(['entry-b', 'entry-c'])).toBe(true);
    expect(await log.read(0)).toEqual(['entry-a', 'entry-b', 'entry-c']);
  });

  it('goes on after a restart of Redis, and says if Redis has lost entries', { timeout: 60_000 }, async () => {
    const own = await startRedis();
    onTestFinished(() => own.remove());
    const log = open(own.url);
    const study = await createStudy({ name: 'a', log, stop: { trials: 20 } });
    await study.optimize(async (trial) => {
      if (trial.number === 7) await own.stop();
      if (trial.number === 7) setTimeout(() => void own.start(), 100);
      return parabola(trial);
    });
    expect(study.trials.length).toBe(20);
    expect((await createStudy({ name: 'a', log: open(own.url) })).trials).toEqual(study.trials);

    own.run('del', ':log_number');
    expect(await catchError(study.refresh())).toMatchInlineSnapshot(`
      {
        "code": "invalid-data",
        "message": "redis://host:port: expected a log of at least 82 entries, received 0. Redis has lost entries: start it with \`appendonly yes\`, and the study again.",
      }
    `);
    expect((await catchError(log.append(['{}']))).message).toMatch(/Redis has lost entries/);
    own.run('set', ':log_number', '500');
    expect((await catchError(open(own.url).read(0))).message).toMatchInlineSnapshot(
      `"redis://host:port: expected the key :log:82, received none. Was it deleted, or evicted? A study needs all of its keys: set maxmemory-policy to noeviction."`,
    );
  });

  it('says what is wrong with the server', async () => {
    const own = await startRedis('--requirepass', 'secret');
    onTestFinished(() => own.remove());
    const read = (url: string) => catchError(open(url).read(0));
    const withPassword = `redis://:secret@127.0.0.1:${own.port}`;
    expect(await read(own.url)).toMatchInlineSnapshot(`
      {
        "code": "read-failed",
        "message": "redis://host:port: could not use the study log (NOAUTH): Redis requires a password. Write redis://:PASSWORD@host, or set FOOTLIGHT_REDIS_PASSWORD.",
      }
    `);
    vi.stubEnv('FOOTLIGHT_REDIS_PASSWORD', 'secret');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await open(own.url).read(0)).toEqual([]);
    expect(await read(`redis://:wrong@127.0.0.1:${own.port}`)).toMatchInlineSnapshot(`
      {
        "code": "read-failed",
        "message": "redis://:***@host:port: could not use the study log (WRONGPASS): the password or the user is wrong.",
      }
    `);
    expect(await read(`${withPassword}/99`)).toMatchInlineSnapshot(`
      {
        "code": "invalid-argument",
        "message": "redis://:***@host:port/99: could not use the study log (ERR): it has no database of this number.",
      }
    `);
    expect(await read(`rediss://:secret@127.0.0.1:${own.port}`)).toMatchInlineSnapshot(`
      {
        "code": "read-failed",
        "message": "rediss://:***@host:port: could not use the study log (connect ETIMEDOUT): it does not answer in TLS. Correct the address, or use redis://.",
      }
    `);
    expect(await read('redis://127.0.0.1:1')).toMatchInlineSnapshot(`
      {
        "code": "read-failed",
        "message": "redis://host:port: could not use the study log (connect ECONNREFUSED host:port): no server answers there. Start it with redis-server, or correct the port.",
      }
    `);
    expect(await read('redis://host.invalid')).toMatchInlineSnapshot(`
      {
        "code": "read-failed",
        "message": "redis://host.invalid: could not use the study log (getaddrinfo ENOTFOUND host.invalid): no machine has this name. Correct the address.",
      }
    `);
    const log = open(withPassword);
    await log.append(['a']);
    const run = (...words: string[]) => own.run('-a', 'secret', ...words);
    run('config', 'set', 'maxmemory', '1');
    expect(await catchError(log.append(['b']))).toMatchInlineSnapshot(`
      {
        "code": "write-failed",
        "message": "redis://:***@host:port: could not use the study log (OOM): Redis is full. Raise its maxmemory, or remove keys, and continue.",
      }
    `);
    expect(await log.read(0)).toEqual(['a']);
    run('config', 'set', 'maxmemory', '0');
    expect(await log.append(['b'])).toBe(true);
    run('replicaof', '127.0.0.1', '1');
    expect(await catchError(log.append(['c']))).toMatchInlineSnapshot(`
      {
        "code": "write-failed",
        "message": "redis://:***@host:port: could not use the study log (READONLY): it is a read-only replica. Give the address of the primary.",
      }
    `);
  });

  it('refuses an address that is none, and hides passwords', () => {
    const refuse = (url: string) => expect(() => redisLog(url));
    refuse('localhost:6379').toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: redisLog(url): expected an address such as redis://[user:password@]host[:port][/database][?prefix=text], received localhost:6379. rediss:// connects with TLS.]`,
    );
    refuse('redis://user:secret@host/x').toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: redisLog(url): expected an address such as redis://[user:password@]host[:port][/database][?prefix=text], received redis://user:***@host/x, whose database is no number. rediss:// connects with TLS.]`,
    );
    refuse('redis://:se:cr@et@host/1?tls=1').toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: redisLog(url): expected an address such as redis://[user:password@]host[:port][/database][?prefix=text], received redis://:***@host/1?tls=1, with the option tls. rediss:// connects with TLS.]`,
    );
    refuse('redis://:secret@ho st').toThrow(/received redis:\/\/:\*\*\*@ho st/);
  });
});
