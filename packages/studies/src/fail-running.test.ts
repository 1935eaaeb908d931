import { describe, expect, it } from 'vitest';
import { memoryLog } from './log/memory-log.js';
import { parabola } from './study.fixture.js';
import { createStudy } from './study.js';

describe('failRunning', () => {
  it('fails the trials of one worker and runs their parameters again, as often as allowed', async () => {
    const log = memoryLog();
    const study = await createStudy({ name: 'a', log, stop: { trials: 4 } });
    const dead = await study.ask({ attributes: { worker: 'one' } });
    const alive = await study.ask({ attributes: { worker: 'other' } });
    const value = parabola(dead);
    expect(await study.failRunning({ where: { worker: 'one' }, retries: 2 })).toBe(1);
    expect(study.trials[0]).toMatchObject({
      state: 'failed',
      systemAttributes: { fail_reason: 'its worker has ended' },
    });
    expect(study.trials[1]!.state).toBe('running');
    expect(study.trials[2]).toMatchObject({ state: 'waiting', attributes: { retry_of: 0 } });

    const again = await study.ask({ attributes: { worker: 'three' } });
    expect([again.number, parabola(again)]).toEqual([2, value]);
    expect(study.trials[2]!.attributes).toEqual({ retry_of: 0, worker: 'three' });
    await study.failRunning({ where: { worker: 'three' }, retries: 2, reason: 'out of memory' });
    expect(study.trials[2]!.systemAttributes.fail_reason).toBe('out of memory');
    const last = await study.ask({ attributes: { worker: 'four' } });
    expect(last.number).toBe(3);
    expect(await study.failRunning({ where: { worker: 'four' }, retries: 2 })).toBe(1);
    expect(study.trials.length).toBe(4); // run again twice: enough

    await study.tell(alive, 1);
    await study.optimize(parabola); // the failed trial counts once, with its repetitions
    expect(study.trials.map(({ state }) => state)).toEqual([
      'failed',
      'complete',
      'failed',
      'failed',
      'complete',
      'complete',
    ]);
    expect((await createStudy({ name: 'a', log })).trials).toEqual(study.trials);
  });

  it('has an effect once if two processes notice the end of a worker', async () => {
    const log = memoryLog();
    const [one, other] = [await createStudy({ name: 'a', log }), await createStudy({ name: 'a', log })];
    await one.ask({ attributes: { worker: 'x' } });
    const counts = await Promise.all([one, other].map((study) => study.failRunning({ retries: 1 })));
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    await one.refresh();
    expect(one.trials.map(({ state }) => state)).toEqual(['failed', 'waiting']);
  });

  it('is no error for the worker that was taken for dead, which goes on', async () => {
    const study = await createStudy({ name: 'a' });
    const records: string[] = [];
    await study.optimize(
      async (trial) => {
        if (trial.number === 0) await study.failRunning({ retries: 1 });
        return parabola(trial);
      },
      { trials: 3, onTrial: ({ number, state }) => records.push(`${number} ${state}`) },
    );
    expect(records).toEqual(['0 failed', '1 complete', '2 complete']);
  });
});
