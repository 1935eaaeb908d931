import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fileLog } from '../log/file-log.js';
import { createStudy } from '../study.js';
import { createParentSignal, superviseWorkers } from './supervise-workers.js';

const fixture = fileURLToPath(new URL('worker.fixture.ts', import.meta.url));

describe('superviseWorkers', () => {
  let path: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    path = join(folder, 'search.log');
    children.length = 0;
    onTestFinished(() => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
  });
  const start = (kind: string) => (worker: string) => {
    const flags = ['--conditions=@footlight/source', '--import', 'tsx', fixture, path, worker, kind];
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    return child;
  };
  const open = (trials: number) =>
    createStudy({ name: 'shared', log: fileLog(path, { graceSeconds: 2 }), stop: { trials } });

  it('runs the trials of a worker that was killed again', { timeout: 120_000 }, async () => {
    const study = await open(30);
    const byWorker = new Map<string, ChildProcess>();
    const startNamed = (worker: string) => {
      const child = start('4 13')(worker); // these trials never end
      byWorker.set(worker, child);
      return child;
    };
    await superviseWorkers(study, {
      count: 2,
      start: startNamed,
      retries: 5,
      onProgress() {
        for (const { number, state, attributes } of study.trials)
          if (state === 'running' && [4, 13].includes(number))
            byWorker.get(attributes.worker as string)?.kill('SIGKILL');
      },
    });
    expect(study.trials.map(({ number }) => number)).toEqual([...study.trials.keys()]);
    expect(study.trials.filter(({ state }) => state === 'complete').length).toBe(30);
    const failed = study.trials.filter(({ state }) => state !== 'complete').map(({ number }) => number);
    expect(failed).toEqual([4, 13]);
    expect(study.trials.flatMap(({ attributes }) => attributes.retry_of ?? []).toSorted()).toEqual(failed.toSorted());
    for (const number of failed)
      expect(study.trials[number]!.systemAttributes.fail_reason).toBe('its worker has ended (SIGKILL)');
  });

  it('says that workers end before they finish a trial', { timeout: 120_000 }, async () => {
    await expect(superviseWorkers(await open(3), { count: 1, start: start('dead') })).rejects.toThrow(
      'study shared: expected workers that finish trials, received 3 that ended before, the last with 3.',
    );
  });

  it('ends its workers when it is interrupted, and hands their trials on', { timeout: 120_000 }, async () => {
    const study = await open(3);
    const interruption = new AbortController();
    const onProgress = () => {
      if (study.trials.length === 2) interruption.abort(new Error('Ctrl-C'));
    };
    const options = { count: 2, start: start('endless'), graceSeconds: 0.1, signal: interruption.signal, onProgress };
    await expect(superviseWorkers(study, options)).rejects.toThrow('Ctrl-C');
    expect(children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)).toBe(true);
    expect(study.trials.map(({ state }) => state).toSorted()).toEqual(['failed', 'failed', 'waiting', 'waiting']);
  });

  it('has an aborted signal without a parent', () => {
    expect(process.connected).toBeFalsy(); // tests run in threads
    expect(createParentSignal().aborted).toBe(true);
  });
});
