import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findRedisServer, type RedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStudy } from '../study.js';
import type { Study } from '../study-types.js';
import { dispatchTrials } from './dispatch-trials.js';
import { type RedisLog, redisLog } from './redis-log.js';

const fixture = fileURLToPath(new URL('work-on-redis.fixture.ts', import.meta.url));

describe.skipIf(!findRedisServer())('dispatchTrials', () => {
  let server: RedisServer;
  let url: string;
  let log: RedisLog;
  let children: ChildProcess[];
  beforeEach(async () => {
    children = [];
    server = await startRedis();
    url = `${server.url}/1?prefix=test`;
    log = redisLog(url);
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await log.close();
    await server.remove();
  });
  function startWorker(milliseconds: number): ChildProcess {
    const flags = ['--conditions=@footlight/source', '--import', 'tsx', fixture, url, String(milliseconds)];
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'inherit', 'inherit'] });
    children.push(child);
    return child;
  }
  const waitFor = (children: readonly ChildProcess[]) =>
    Promise.all(
      children.map(({ exitCode, signalCode }, at) =>
        exitCode !== null || signalCode !== null
          ? (signalCode ?? exitCode)
          : new Promise((resolve) => children[at]!.on('exit', (code, signal) => resolve(signal ?? code))),
      ),
    );

  /** Every chain of a trial and those that run it again ends with a complete one; numbers have no gaps. */
  function expectWhole(study: Study, trials: number): void {
    const { trials: all } = study;
    expect(all.map(({ number }) => number)).toEqual([...all.keys()]);
    expect(all.filter(({ state }) => state === 'complete').length).toBe(trials);
    const failed = all.filter(({ state }) => state !== 'complete');
    expect(failed.every(({ state }) => state === 'failed')).toBe(true);
    const again = all.flatMap(({ attributes }) => (attributes.retry_of === undefined ? [] : [attributes.retry_of]));
    expect(again.toSorted()).toEqual(failed.map(({ number }) => number).toSorted());
    for (const { number, attributes } of all)
      if (attributes.retry_of !== undefined)
        expect(all[number]!.params).toMatchObject(all[attributes.retry_of as number]!.params);
  }

  const [workers, trials, kills, milliseconds] = [8, 300, 5, 500];
  it(`loses nothing with ${workers} workers, of which ${kills} are killed, and a restart of Redis`, {
    timeout: 180_000,
  }, async () => {
    const study = await createStudy({ name: 'shared', log, stop: { trials } });
    for (let count = 0; count < workers; count++) startWorker(milliseconds);
    const complete = () => study.trials.filter(({ state }) => state === 'complete').length;
    let [killed, restarts]: [number, Promise<void> | undefined] = [0, undefined];
    const progress = { workers: 0 };
    await dispatchTrials(url, study, {
      onProgress(now) {
        progress.workers = Math.max(progress.workers, now.workers);
        if (killed < kills && complete() > ((killed + 1) * trials) / (kills + 3)) {
          killed++;
          children[Math.floor(Math.random() * children.length)]!.kill('SIGKILL');
          startWorker(milliseconds);
        }
        if (complete() > trials / 2) restarts ??= server.stop().then(() => server.start());
      },
    });
    await restarts;
    expect(progress.workers).toBeGreaterThan(1);
    expect(killed).toBe(kills);
    expectWhole(study, trials);
    const codes = await waitFor(children);
    expect(codes.every((code) => code === 0 || code === 'SIGKILL')).toBe(true);
    expectWhole(await createStudy({ name: 'shared', log }), trials);
  });
});
