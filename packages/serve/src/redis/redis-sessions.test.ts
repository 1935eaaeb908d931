import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionStore } from '../sessions/session-store.js';
import { redisSessions } from './redis-sessions.js';

describe.skipIf(!hasRedis())('redisSessions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-sessions-'));
  let server: ChildProcess;
  let port: number;
  let store: SessionStore;
  const run = (...words: string[]) =>
    execFileSync('redis-cli', ['-p', String(port), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  beforeAll(async () => {
    port = await findPort();
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']);
    const isReady = () => {
      try {
        return run('ping').includes('PONG');
      } catch {
        return false;
      }
    };
    await vi.waitUntil(isReady, { timeout: 30_000, interval: 100 });
    store = await redisSessions(`redis://127.0.0.1:${port}`, { seconds: 60 });
  }, 60_000);
  afterAll(async () => {
    await store.close?.();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps the newest events for a time, which several stores share', async () => {
    expect(await store.append('s', [{ item: 1 }, { item: '2', rating: 3.5 }], 3)).toBe(2);
    const other = await redisSessions(`redis://127.0.0.1:${port}`, { seconds: 60 });
    expect(await other.append('s', [{ item: 3 }, { item: 4 }], 3)).toBe(3);
    await other.close?.();
    expect(await store.read('s')).toEqual([{ item: '2', rating: 3.5 }, { item: 3 }, { item: 4 }]);
    expect(await store.read('t')).toBeUndefined();
    const left = Number(run('ttl', 'footlight:session:s'));
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

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('No redis-server here: the tests with Redis are skipped.');
    return false;
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
