import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { medianPruner } from '../pruners/percentile.js';
import { mixed } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { fileLog } from './file-log.js';

/** Python with Optuna; FOOTLIGHT_PYTHON names another interpreter. */
const python = process.env.FOOTLIGHT_PYTHON ?? 'python3';

// Loads the study of a log, tells trials of the same objective, and prints the best trial and the states.
const program = `
import json, math, sys
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
path, trials = sys.argv[1], int(sys.argv[2])
try:
    from optuna.storages.journal import JournalFileBackend as backend
except ImportError:
    from optuna.storages import JournalFileStorage as backend
storage = optuna.storages.JournalStorage(backend(path))
study = optuna.create_study(study_name='mixed', storage=storage, load_if_exists=True,
                            sampler=optuna.samplers.TPESampler(multivariate=True, constant_liar=True, seed=1))
def objective(trial):
    rate = trial.suggest_float('rate', 1e-5, 1, log=True)
    dim = trial.suggest_int('dim', 8, 64, step=8)
    kind = trial.suggest_categorical('kind', ['mlp', 'lstm'])
    depth = trial.suggest_int('depth', 1, 5) if kind == 'mlp' else 2
    dropout = trial.suggest_float('dropout', 0, 0.5, step=0.1)
    value = (math.log10(rate) + 2) ** 2 + (dim - 32) ** 2 / 256 + depth + dropout + (0.5 if kind == 'mlp' else 0)
    trial.report(value, 1)
    trial.set_user_attr('from', 'python')
    return value
if trials > 0:
    study.optimize(objective, n_trials=trials)
best = study.best_trial
print(json.dumps(dict(number=best.number, value=best.value, params=best.params, version=optuna.__version__,
                      states=[t.state.name for t in study.trials],
                      fails=[t.system_attrs.get('fail_reason') for t in study.trials if t.state.name == 'FAIL'])))
`;

interface Answer {
  readonly number: number;
  readonly value: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly states: readonly string[];
  readonly fails: readonly string[];
  readonly version: string;
}

function runOptuna(path: string, trials: number): Answer {
  return JSON.parse(execFileSync(python, ['-W', 'ignore', '-c', program, path, String(trials)], { encoding: 'utf8' }));
}

function findOptuna(): boolean {
  try {
    execFileSync(python, ['-c', 'import optuna'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`No Optuna in ${python}: the test with it is skipped. FOOTLIGHT_PYTHON names another Python.`);
    return false;
  }
}

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
