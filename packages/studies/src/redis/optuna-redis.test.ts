import { findRedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findOptuna, runOptuna } from '../log/optuna.fixture.js';
import { mixed } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { redisLog } from './redis-log.js';

describe.skipIf(!findRedisServer() || !findOptuna('redis'))('a log on Redis, shared with Optuna', () => {
  it('is read and continued by each in turn, with the same best trial', { timeout: 120_000 }, async () => {
    const server = await startRedis();
    const log = redisLog(`${server.url}/2?prefix=shared`);
    onTestFinished(async () => {
      await log.close();
      await server.remove();
    });
    const theirs = (trials: number) => runOptuna(`${server.url}/2`, trials);
    theirs(5); // creates the study
    const study = await createStudy({ name: 'mixed', log, seed: 3 });
    expect(study.trials.map(({ attributes }) => attributes.from)).toEqual(Array(5).fill('python'));
    await study.optimize(mixed, { trials: 10, workers: 2, attributes: { worker: 'ours' } });
    await study.ask({ attributes: { worker: 'dead' } });
    await study.failRunning({ where: { worker: 'dead' }, retries: 1 });
    await study.enqueue({ rate: 0.01, dim: 32, kind: 'mlp', depth: 1, dropout: 0 });
    const continued = theirs(3); // runs the two enqueued trials first
    expect(continued).toMatchObject({ number: 17, value: 1.5, fails: ['its worker has ended'] });
    await study.refresh();
    expect(study.trials.length).toBe(19);
    expect(study.trials[16]!.attributes).toMatchObject({ retry_of: 15, from: 'python' });
    expect(study.best).toMatchObject({ number: 17, values: [1.5], params: continued.params });

    server.run('-n', '2', 'set', 'shared:snapshot', 'of Optuna');
    await study.optimize(mixed, { trials: 20 });
    expect(server.run('-n', '2', 'get', 'shared:snapshot').trim()).toBe('of Optuna');
    server.run('-n', '2', 'del', 'shared:snapshot');
    expect(theirs(2).states.length).toBe(41);
    await study.refresh();
    expect(theirs(0)).toMatchObject({ number: study.best.number, value: study.best.values![0] });
  });
});
