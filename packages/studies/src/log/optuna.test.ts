import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { medianPruner } from '../pruners/percentile.js';
import { mixed } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { fileLog } from './file-log.js';
import { findOptuna, runOptuna } from './optuna.fixture.js';

describe.skipIf(!findOptuna())('a log shared with Optuna', () => {
  it('is read and continued by each in turn, with the same best trial', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'search.log');
    const open = () =>
      createStudy({ name: 'mixed', log: fileLog(path), seed: 3, pruner: medianPruner({ startupTrials: 1 }) });

    const ours = await open();
    await ours.optimize(
      async (trial) => {
        const value = mixed(trial);
        trial.report(value, 1);
        if (trial.number === 4) throw new Error('no memory');
        if (await trial.shouldPrune()) trial.prune();
        return value;
      },
      { trials: 15, onError: 'continue', workers: 2 },
    );
    const read = runOptuna(path, 0);
    expect(read).toMatchObject({ number: ours.best.number, value: ours.best.values![0], params: ours.best.params });
    expect(read.states).toEqual(
      ours.trials.map(({ state }) => ({ complete: 'COMPLETE', pruned: 'PRUNED', failed: 'FAIL' })[state as 'failed']),
    );
    expect(read.fails).toEqual(['no memory']);

    const continued = runOptuna(path, 10);
    await ours.refresh();
    expect(ours.trials.length).toBe(25);
    expect(ours.best).toMatchObject({ number: continued.number, values: [continued.value], params: continued.params });
    expect(ours.trials[24]).toMatchObject({ attributes: { from: 'python' }, state: 'complete' });
    expect(ours.trials[24]!.intermediate.size).toBe(1);

    await ours.enqueue({ rate: 0.01, dim: 32, kind: 'mlp', depth: 1, dropout: 0 });
    const last = runOptuna(path, 1); // runs the enqueued trial
    expect(last).toMatchObject({ number: 25, value: 1.5 });
    await (await open()).optimize(mixed, { trials: 5 });
    await ours.refresh();
    expect(ours.trials.length).toBe(31);
    expect(runOptuna(path, 0)).toMatchObject({ number: ours.best.number, value: ours.best.values![0] });
  });
});
