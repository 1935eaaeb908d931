import { RecsysError } from '@footlight/core';
import { findRedisServer, type RedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Objective } from '../optimize.js';
import type { StopRules } from '../stop-rules.js';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { dispatchTrials } from './dispatch-trials.js';
import { redisLog } from './redis-log.js';
import { type WorkOptions, workOnTrials } from './work-on-trials.js';

describe.skipIf(!findRedisServer())('dispatchTrials and workOnTrials', () => {
  let server: RedisServer;
  let url: string;
  beforeEach(async () => {
    server = await startRedis();
    url = `${server.url}/1?prefix=test`;
  });
  afterEach(() => server.remove());
  const open = async (name: string, stop?: StopRules) => {
    const log = redisLog(url);
    onTestFinished(() => log.close());
    return createStudy({ name, log, ...(stop && { stop }) });
  };
  const work = (objective: Objective, options: Partial<WorkOptions> = {}) =>
    workOnTrials(url, { open: async (name) => ({ study: await open(name), objective }), ...options });

  it('runs trials on all workers until the rule in the log, and both end', { timeout: 60_000 }, async () => {
    const study = await open('a', { trials: 8 });
    const opened: unknown[] = [];
    const seen = new Set<number>();
    /** Waits for the other worker, so that both have work. */
    const meet = async (worker: number) => {
      seen.add(worker);
      while (seen.size < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const workers = [0, 1].map((worker) =>
      workOnTrials(url, {
        open: async (name, data) => {
          opened.push([name, data]);
          return {
            study: await open(name),
            objective: async (trial) => {
              await meet(worker);
              return parabola(trial);
            },
          };
        },
      }),
    );
    await dispatchTrials(url, study, { data: { search: 'x' } });
    await Promise.all(workers);
    expect(opened).toEqual(Array(2).fill(['a', { search: 'x' }]));
    expect(study.trials.map(({ state }) => state)).toEqual(Array(8).fill('complete'));
    expect(new Set(study.trials.map(({ attributes }) => attributes.job)).size).toBe(8);
    expect(server.run('-n', '1', 'keys', 'test:footlight:trials:*').match(/:(wait|active)$/m)).toBeNull();
  });

  it('gives the trial of an interrupted worker to another one', { timeout: 60_000 }, async () => {
    const study = await open('a', { trials: 3 });
    const interruption = new AbortController();
    const first = work(
      async (trial) => {
        parabola(trial);
        interruption.abort(new Error('Ctrl-C'));
        return new Promise(() => undefined); // hears nothing
      },
      { signal: interruption.signal },
    ).catch(async ({ message }) => {
      expect(message).toBe('Ctrl-C');
      await study.refresh();
      expect(study.trials).toMatchObject([{ state: 'failed' }, { state: 'waiting', attributes: { retry_of: 0 } }]);
      await work(parabola, { retries: 0 });
    });
    await Promise.all([dispatchTrials(url, study), first]);
    expect(study.trials.map(({ state }) => state)).toEqual(['failed', 'complete', 'complete', 'complete']);
    expect(study.trials[0]!.systemAttributes.fail_reason).toBe('its worker was interrupted');
    expect(study.trials[1]!.params).toEqual(study.trials[0]!.params);
  });

  it('ends a worker that cannot find the objective, and gives its job back', { timeout: 60_000 }, async () => {
    const study = await open('a', { trials: 2 });
    const dispatched = dispatchTrials(url, study);
    const missing = workOnTrials(url, {
      open: () => {
        throw new Error('no such search');
      },
    });
    await expect(missing).rejects.toThrow('no such search');
    await work(parabola);
    await dispatched;
    expect(study.trials.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('takes jobs back when it is interrupted, and goes on when it is called again', { timeout: 60_000 }, async () => {
    const study = await open('a', { trials: 2 });
    const interruption = new AbortController();
    const onProgress = ({ waiting }: { waiting: number }) => {
      if (waiting === 2) interruption.abort(new Error('Ctrl-C'));
    };
    await expect(dispatchTrials(url, study, { signal: interruption.signal, onProgress })).rejects.toThrow('Ctrl-C');
    expect(server.run('-n', '1', 'llen', 'test:footlight:trials:wait').trim()).toBe('0');
    await Promise.all([dispatchTrials(url, study), work(parabola)]);
    expect(study.trials.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('ends a worker whose trials fail, and leaves the others to another one', { timeout: 60_000 }, async () => {
    const study = await open('a', { trials: 7 });
    const dispatched = dispatchTrials(url, study);
    const failing = work(() => {
      throw new Error('no memory.');
    });
    await expect(failing).rejects.toThrow(
      'study a: expected trials that end with a value, received 5 failed ones in a row. The last: no memory. Mend',
    );
    await study.refresh();
    expect(study.trials.map(({ state }) => state)).toEqual(Array(5).fill('failed'));
    await work(parabola);
    await dispatched;
    expect(study.trials.slice(5).map(({ state }) => state)).toEqual(['complete', 'complete']);
    const changed = await open('b', { trials: 1 });
    const cause = new RecsysError('search-changed', 'another search');
    const outdated = work(() => Promise.reject(cause));
    await Promise.all([dispatchTrials(url, changed), expect(outdated).rejects.toBe(cause)]);
  });
});
