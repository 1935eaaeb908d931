// structure: the commands of one study are tested in turn
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { leaveLastOut, table } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { createStudy, fileLog } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';
import { exitCodes, Interruption } from '../exit-codes.js';

/** The file of the search reads this, since it must share TensorFlow.js with the test. */
const shared = globalThis as { createTestSearch?: (epochs?: number) => unknown };

describe('footlight study', { timeout: 60_000 }, () => {
  let line: CommandLine;
  let project: string;
  let onEpoch: (() => void) | undefined;
  const study = (...args: readonly string[]) => line.runIn(project, 'study', ...args);
  const run = (...args: readonly string[]) => study('run', ...args, '--backend', 'cpu');

  beforeAll(async () => {
    line = await createCommandLine();
    project = join(line.folder, 'project');
    const dataset = table({ path: line.file, user: 'userId', item: 'movieId', timestamp: 'timestamp' });
    shared.createTestSearch = (epochs = 2) =>
      defineSearch({
        space(trial) {
          const rate = trial.float('rate', { low: 1e-3, high: 1e-1, log: true });
          const dim = trial.integer('dim', { low: 2, high: 5 });
          return defineExperiment({
            dataset,
            split: leaveLastOut(),
            model: factorization({ dim }),
            loss: bprLoss(),
            optimizer: () => adam({ learningRate: rate }),
            schedule: {
              name: 'watched',
              protocol: {},
              factor(progress) {
                if (progress > 1) onEpoch?.();
                return 1;
              },
            },
            epochs,
            metrics: [mrr()],
            seed: 1,
          });
        },
        objective: { metric: 'mrr' },
        trials: 4,
      });
    await mkdir(join(project, 'searches/deep'), { recursive: true });
    await mkdir(join(project, 'experiments'));
    await writeFile(join(project, 'footlight.config.mjs'), 'export default {};\n');
    await writeFile(join(project, 'searches/deep/mf.search.mjs'), 'export default globalThis.createTestSearch();\n');
    await writeFile(join(project, 'changed.search.mjs'), 'export default globalThis.createTestSearch(3);\n');
    await writeFile(join(project, 'experiments/plain.mjs'), 'export default { metrics: [] };\n');
  });
  afterAll(() => line.remove());

  it('runs a search, continues it, and shows what it found', async () => {
    const first = await run('deep/mf', '--more', '3');
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^trial 0: mrr 0\.\d{4}, the best; \d+\.\d s; rate [\d.]+, dim \d\ntrial 1/);
    expect(first.stdout).toMatch(/^deep\/mf: 3 complete\n\n\| trial \| +mrr \| rate/);
    const again = await run('deep/mf');
    expect(again).toMatchObject({ code: exitCodes.usage, stdout: '' });
    expect(again.stderr).toMatchInlineSnapshot(`
      "footlight study run: expected a new study, received deep/mf, which has 3 trials in …/project/results/studies/deep/mf.log. Continue it with --resume, or choose another --name.
      "
    `);
    const resumed = await run('deep/mf', '--resume', '--sampler', 'tpe(rules=hyperopt)', '--pruner', 'median');
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringContaining('Ended by: 4 trials') });
    const ended = await run('deep/mf', '--resume');
    expect(ended.stderr).toBe('deep/mf: the study has ended (4 trials). Raise --trials to go on.\n');

    const log = join(project, 'results/studies/deep/mf.log');
    const { trials, best } = await createStudy({ name: 'deep/mf', log: fileLog(log) });
    expect(new Set(trials.map(({ params }) => params.rate)).size).toBe(4);
    for (const given of ['deep/mf', log]) {
      expect((await study('show', given)).stdout).toContain('deep/mf: 4 complete');
      expect(JSON.parse((await study('best', given, '--json')).stdout)).toMatchObject({
        number: best.number,
        mrr: best.values![0],
        params: best.params,
      });
    }
    expect((await study('table', 'deep/mf')).stdout.trim().split('\n')).toHaveLength(2 + 4);
    const csv = (await study('export', 'deep/mf', '--csv')).stdout.trim().split('\n'); // another name of table
    expect(csv[0]).toBe('number,state,mrr,params_rate,params_dim,steps,started,seconds,reason');
    expect(csv[1 + best.number]).toContain(`${best.number},complete,${best.values![0]},${best.params.rate},`);
    expect((await study('importance', 'deep/mf')).stdout).toMatch(/\| parameter \| importance \|/);
    expect((await study('list')).stdout).toMatch(/\| deep\/mf \| 4 complete \| mrr +\| 0\.\d{4} \|/);
  });

  it('runs enqueued trials next, and retrains the best one with the test part', async () => {
    expect((await study('enqueue', 'deep/mf', 'rate=0.05', 'dim=4')).stderr).toBe(
      'deep/mf: trial 4 waits. footlight study run --resume runs it.\n',
    );
    const ran = await run('deep/mf', '--resume', '--trials', '5');
    expect(ran.stderr).toMatch(/^trial 4: mrr 0\.\d+.*; rate 0\.05, dim 4$/m);
    const retrained = await study('retrain', 'deep/mf', '--seeds', '1', '--backend', 'cpu');
    expect(retrained).toMatchObject({ code: 0, stdout: expect.stringContaining('studies/deep/mf') });
    const stored = JSON.parse(await readFile(join(project, 'results/studies/deep/mf.json'), 'utf8'));
    const { best } = await createStudy({ name: 'deep/mf', log: fileLog(join(project, 'results/studies/deep/mf.log')) });
    expect(stored).toMatchObject({ seeds: [1], command: 'footlight study retrain deep/mf --seeds 1 --backend cpu' });
    expect(stored.validation.mrr.mean).toBe(best.values![0]);
    expect(stored.metrics.mrr.mean).toBeGreaterThan(0);
  });

  it('ends in order at Ctrl-C, and runs the interrupted parameters again', async () => {
    const stop = new AbortController();
    onEpoch = () => stop.abort(new Interruption(exitCodes.interrupted));
    const args = ['study', 'run', 'deep/mf', '--name', 'stopped', '--backend', 'cpu'];
    const stopped = await line.runUntil(stop.signal, project, ...args);
    onEpoch = undefined;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Interrupted. Continue with the same command and --resume.');
    const resumed = await run('deep/mf', '--name', 'stopped', '--resume');
    expect(resumed.stdout).toContain('stopped: 4 complete, 1 failed');
    const { trials } = await createStudy({
      name: 'stopped',
      log: fileLog(join(project, 'results/studies/stopped.log')),
    });
    expect(trials[1]!.params).toEqual(trials[0]!.params);
  });

  it('runs the parameters of a killed process again, and reads past a torn line', async () => {
    const path = join(project, 'killed.log');
    await run('deep/mf', '--name', 'killed', '--storage', path, '--more', '1');
    const log = await createStudy({ name: 'killed', log: fileLog(path) });
    const { pid } = spawnSync(process.execPath, ['--version']);
    const trial = await log.ask({ attributes: { worker: `${hostname()}:${pid}:0123abcd` } });
    trial.float('rate', { low: 1e-3, high: 1e-1, log: true });
    await trial.shouldPrune();
    await log.ask({ attributes: { worker: `other-machine:${pid}:0123abcd` } }); // may be at work
    await appendFile(path, '{"op_code":4,"wor');
    const { stderr } = await run('deep/mf', '--name', 'killed', '--storage', path, '--resume', '--more', '1');
    expect(stderr).toMatch(/^killed: 1 trial whose process was killed runs again\.\n/);
    await log.refresh();
    expect(log.trials.map(({ state }) => state)).toEqual(['complete', 'failed', 'running', 'complete']);
    expect(log.trials[3]!.params.rate).toBe(log.trials[1]!.params.rate);
  });

  it('writes nothing into a log that it shows', async () => {
    const path = join(project, 'results/studies/torn.log');
    const texts = ['', '{"op_code":0,"wor', '{"op_code":0,"worker_id":"a","study_name":"another","directions":[2]}\n'];
    const shown: string[] = [];
    for (const text of texts) {
      await writeFile(path, text);
      const { stdout, stderr } = await study('show', 'torn');
      shown.push((stdout + stderr).trim().split('\n')[0]!);
      expect(await readFile(path, 'utf8')).toBe(text);
    }
    await rm(path);
    const without =
      'footlight study: expected a log with a study, received …/project/results/studies/torn.log without. ' +
      'footlight study run begins one.';
    expect(shown).toEqual([without, without, 'another: no trials']);
  });

  it('says what is wrong in one sentence', async () => {
    const changed = ['./changed.search.mjs', '--name', 'deep/mf', '--resume'];
    const wrong = await Promise.all([
      run('deep/mg'),
      run('plain'),
      run('./experiments/plain.mjs'),
      run('./none.mjs'),
      run(...changed),
      run('deep/mf', '--name', 'x', '--sampler', 'tp'),
      run('deep/mf', '--name', 'x', '--pruner', 'median(warmup=1)'),
      run('deep/mf', '--name', '../x'),
      run('deep/mf', '--name', 'x', '--storage', project),
      run('deep/mf', '--trials', '0'),
      study('show', 'nothing'),
      study('show', 'deep/mh'),
      study('show', 'x', '--storage', join(project, 'none.log')),
      study('enqueue', 'deep/mf', 'depth=3'),
      study('enqueue', 'deep/mf', 'dim'),
    ]);
    expect(wrong.map(({ code, stdout }) => [code, stdout]).filter(([, stdout]) => stdout !== '')).toEqual([]);
    expect(wrong.map(({ code, stderr }) => `${code} ${stderr.trim().split('\n')[0]}`)).toMatchInlineSnapshot(`
      [
        "2 footlight study: expected the name of a search or its file, received deep/mg. Did you mean deep/mf?",
        "2 footlight study: expected the name of a search or its file, received plain, an experiment, which does not say which of its options to search. Name a file such as ./mine.search.ts that exports defineSearch({ … }), or put it into the folder searches beside footlight.config.",
        "2 …/project/experiments/plain.mjs: expected a default export made by defineSearch, received an experiment, which does not say which of its options to search. Write export default defineSearch({ space: (trial) => defineExperiment({ … }), objective: { metric: … } }).",
        "3 …/project/none.mjs: expected a file, received none. Check the path.",
        "2 study deep/mf: expected the search of its earlier trials, received training.epochs: 2 ≠ 3. Values of both could not be compared: choose another --name, or --accept-changes.",
        "2 --sampler: expected one of tpe, cma-es, quasi-random, grid, random, received tp. Did you mean tpe?",
        "2 --pruner median: expected an option of median, received warmup. Options of median:",
        "2 --name ../x: expected a name within the folder of studies.",
        "2 --storage …/project: expected the path of a file, received a folder.",
        "2 error: option '--trials <count>' argument '0' is invalid. Expected a positive integer.",
        "2 footlight study: expected the name of a study or the file of its log, received nothing. footlight study list shows those of the project.",
        "2 footlight study: expected the name of a study or the file of its log, received deep/mh. Did you mean deep/mf?",
        "3 …/project/none.log: expected the log of a study, received none. Check --storage.",
        "2 footlight study enqueue: expected parameters of the study (rate, dim), received depth.",
        "2 footlight study enqueue: expected parameters such as dim=64, received dim.",
      ]
    `);
    const accepted = await run(...changed, '--accept-changes', '--trials', '6');
    expect(accepted.code).toBe(0);
  });
});
