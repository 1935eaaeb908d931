import { findRedisServer, type RedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionStore } from '../sessions/session-store.js';
import { redisSessions } from './redis-sessions.js';

describe.skipIf(!findRedisServer())('redisSessions', () => {
  let server: RedisServer;
  let store: SessionStore;
  beforeAll(async () => {
    server = await startRedis();
    store = await redisSessions(server.url, { seconds: 60 });
  }, 60_000);
  afterAll(async () => {
    await store?.close?.();
    await server?.remove();
  });

  it('keeps the newest events for a time, which several stores share', async () => {
    expect(await store.append('s', [{ item: 1 }, { item: '2', rating: 3.5 }], 3)).toBe(2);
    const other = await redisSessions(server.url, { seconds: 60 });
    expect(await other.append('s', [{ item: 3 }, { item: 4 }], 3)).toBe(3);
    await other.close?.();
    expect(await store.read('s')).toEqual([{ item: '2', rating: 3.5 }, { item: 3 }, { item: 4 }]);
    expect(await store.read('t')).toBeUndefined();
    const left = Number(server.run('ttl', 'footlight:session:s'));
    expect(left > 0 && left <= 60).toBe(true);
  }, 30_000);

  it('says what is wrong', async () => {
    await expect(redisSessions('http://localhost')).rejects.toThrow(
      'redisSessions: expected an address such as redis://localhost:6379, received http://localhost.',
    );
    const unreachable = await redisSessions('redis://127.0.0.1:1');
    await expect(unreachable.read('s')).rejects.toThrow('redisSessions: expected Redis to answer, received: ');
    await unreachable.close?.();
  }, 30_000);
});
