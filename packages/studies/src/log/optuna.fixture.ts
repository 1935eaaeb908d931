import { execFileSync } from 'node:child_process';

/** Python with Optuna; FOOTLIGHT_PYTHON names another interpreter. */
const python = process.env.FOOTLIGHT_PYTHON ?? 'python3';

// Loads the study of a log, tells trials of the same objective, and prints the best trial and the states.
const program = `
import json, math, sys
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
path, trials = sys.argv[1], int(sys.argv[2])
try:
    from optuna.storages.journal import JournalFileBackend, JournalRedisBackend
except ImportError:
    from optuna.storages import JournalFileStorage as JournalFileBackend, JournalRedisStorage as JournalRedisBackend
backend = JournalRedisBackend(path, prefix='shared') if path.startswith('redis') else JournalFileBackend(path)
storage = optuna.storages.JournalStorage(backend)
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

export interface Answer {
  readonly number: number;
  readonly value: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly states: readonly string[];
  readonly fails: readonly string[];
  readonly version: string;
}

/** Runs trials of Optuna on a log: the path of a file, or the URL of a Redis server with the prefix `shared`. */
export function runOptuna(path: string, trials: number): Answer {
  return JSON.parse(execFileSync(python, ['-W', 'ignore', '-c', program, path, String(trials)], { encoding: 'utf8' }));
}

/** Whether Python has these modules; says so if not. */
export function findOptuna(...modules: string[]): boolean {
  const names = ['optuna', ...modules];
  try {
    execFileSync(python, ['-c', `import ${names.join(', ')}`], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`No ${names.join(' and ')} in ${python}: the test is skipped. FOOTLIGHT_PYTHON names another Python.`);
    return false;
  }
}
