// structure: the cases of one loop share their searches
import { atRandom } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { bprLoss, hingeLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { runExperiment, validateExperiment } from '@footlight/trainer';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryLog } from '../log/memory-log.js';
import { percentilePruner } from '../pruners/percentile.js';
import { createStudy } from '../study.js';
import type { Pruner, TrialRecord } from '../types.js';
import { createTrialExperiment, openSearch } from './open-search.js';
import { runSearch } from './run-search.js';
import { runTrial } from './run-trial.js';
import {
  createCountedDataset,
  createFactorizationSearch,
  createNeighborSearch,
  type SearchChanges,
  withoutValidation,
} from './search.fixture.js';

const catchMessage = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );
const listStates = (trials: readonly TrialRecord[]) => trials.map(({ state }) => state);

describe('runSearch', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('reports the metric of the validation part after each epoch, and reads the data once', async () => {
    const dataset = createCountedDataset();
    const search = createFactorizationSearch({ dataset });
    const opened = await openSearch(search);
    await runSearch(opened);
    const { trials, best } = opened.study;
    expect(dataset.loads()).toBe(1);
    expect(listStates(trials)).toEqual(['complete', 'complete', 'complete', 'complete']);
    expect(opened.study.directions).toEqual(['maximize']);
    for (const { params, values, intermediate, attributes } of trials) {
      const { validation, epochs } = await validateExperiment(createTrialExperiment(search, { params }));
      expect(values).toEqual([validation.mrr]);
      expect([...intermediate]).toEqual(epochs.map((report) => [report.epoch, report.validation!.mrr]));
      expect(attributes).toMatchObject({ protocol: opened.protocol.hash, seed: 7, epochs: 3, metrics: validation });
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining(['backend', 'version']));
    }
    const whole = await runExperiment(createTrialExperiment(search, best));
    expect(whole.validation!.mrr!.mean).toBe(best.values![0]);
    expect(whole.protocol).toEqual(opened.protocol);
  });

  it('reports solvers once', async () => {
    const opened = await openSearch(createNeighborSearch());
    await runSearch(opened);
    for (const { values, intermediate } of opened.study.trials) expect([...intermediate]).toEqual([[0, values![0]]]);
  });

  it('takes the mean over seeds, of which each reports', async () => {
    const search = createFactorizationSearch({ seeds: 3, trials: 1 });
    const opened = await openSearch(search);
    await runSearch(opened);
    const { values, intermediate, params } = opened.study.trials[0]!;
    const single = createTrialExperiment(search, { params });
    const each: number[] = [];
    for (const seed of [7, 8, 9]) each.push((await validateExperiment({ ...single, seed })).validation.mrr!);
    expect([...intermediate.values()]).toEqual(each);
    expect(values![0]).toBeCloseTo((each[0]! + each[1]! + each[2]!) / 3, 12);
  });

  it('prunes trials between epochs, and none after its last one', async () => {
    const seen: number[] = [];
    const pruner: Pruner = {
      name: 'all but the first',
      shouldPrune(_, { number, intermediate }) {
        seen.push(intermediate.size);
        return number > 0 && intermediate.size > 1;
      },
    };
    const opened = await openSearch(createFactorizationSearch({ pruner, trials: 2 }));
    await runSearch(opened);
    expect(seen).toEqual([1, 2, 1, 2]);
    expect(listStates(opened.study.trials)).toEqual(['complete', 'pruned']);
    expect(opened.study.trials[1]!.values).toEqual([opened.study.trials[1]!.intermediate.get(1)]);
    expect(opened.study.trials[1]!.attributes).not.toHaveProperty('reason');
    const before = tf.memory().numTensors;
    const others = await openSearch(createFactorizationSearch({ pruner: percentilePruner(25), trials: 6 }));
    await runSearch(others);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('minimizes errors of ratings, unless the search says otherwise', async () => {
    const errors = {
      change: (experiment: never) => ({ ...(experiment as object), metrics: [{ ...mrr(), kind: 'rating' }] }),
    };
    expect((await openSearch(createFactorizationSearch(errors as never))).study.directions).toEqual(['minimize']);
    const objective = { metric: 'mrr', direction: 'minimize' } as const;
    expect((await openSearch(createFactorizationSearch({ objective }))).study.directions).toEqual(['minimize']);
  });

  it('goes on after a failed trial, with the reason, and ends after several in a row', async () => {
    let calls = 0;
    const change: SearchChanges['change'] = (experiment) => {
      calls++;
      if (calls === 3) throw new RangeError('Array buffer allocation failed');
      if (calls === 4)
        return {
          ...experiment,
          optimizer: () => {
            throw new Error('no such optimizer');
          },
        } as never;
      return experiment;
    };
    const opened = await openSearch(createFactorizationSearch({ change, trials: 5 }));
    await runSearch(opened);
    expect(opened.study.trials.map(({ state, attributes }) => [state, attributes.reason])).toEqual([
      ['complete', undefined],
      ['failed', 'Array buffer allocation failed'],
      ['failed', 'no such optimizer'],
      ['complete', undefined],
      ['complete', undefined],
    ]);
    const diverging = await openSearch(
      createFactorizationSearch({
        rate: 1e-3,
        change: (experiment) => ({ ...experiment, loss: notFinite }) as never,
        trials: 9,
      }),
    );
    expect(await catchMessage(runSearch(diverging, { failures: 3 }))).toMatchInlineSnapshot(
      `"study factorization: expected trials that end with a value, received 3 failed ones in a row. The last: fit: expected a finite loss, received NaN. Epoch 0, step 0; try a smaller learning rate. Mend the search or narrow its ranges."`,
    );
    expect(listStates(diverging.study.trials)).toEqual(['failed', 'failed', 'failed']);
  });

  it('lets the parameters of an interrupted trial wait, which counts once', async () => {
    const log = memoryLog();
    const search = createFactorizationSearch({ trials: 2 });
    const opened = await openSearch(search, { log });
    const stop = new AbortController();
    const run = runSearch(opened, {
      signal: stop.signal,
      onEpoch: () => stop.abort(new Error('interrupted')),
    });
    expect(await catchMessage(run)).toBe('interrupted');
    expect(opened.study.trials[0]!.systemAttributes.fail_reason).toBe('interrupted');
    expect(listStates(opened.study.trials)).toEqual(['failed', 'waiting']);
    const again = await openSearch(search, { log });
    await runSearch(again);
    const { trials } = again.study;
    expect(listStates(trials)).toEqual(['failed', 'complete', 'complete']);
    expect(trials[1]!.params).toEqual(trials[0]!.params);
    expect(trials[1]!.attributes.retry_of).toBe(0);
    expect(trials[2]!.params).not.toEqual(trials[0]!.params);
  });

  it('continues with new points up to the number of trials, or so many more', async () => {
    const log = memoryLog();
    const search = createFactorizationSearch({ trials: 4 });
    for (const trials of [1, 2, 9]) await runSearch(await openSearch(search, { log }), { trials });
    const { study } = await openSearch(search, { log });
    expect(study.trials).toHaveLength(4);
    expect(new Set(study.trials.map(({ params }) => JSON.stringify(params))).size).toBe(4);
    await runSearch(await openSearch(search, { log, stop: { trials: 5 } }));
    await study.refresh();
    expect(study.trials).toHaveLength(5);
    await runSearch(await openSearch(search, { log, stop: { trials: 50 } }), { seconds: 0 });
    await study.refresh();
    expect(study.trials).toHaveLength(5);
  });

  it('refuses a search that differs from that of the trials in the log, unless changes are accepted', async () => {
    const log = memoryLog();
    const dataset = createCountedDataset();
    await runSearch(await openSearch(createFactorizationSearch({ dataset, trials: 1 }), { log }));
    const changed: SearchChanges[] = [
      { epochs: 4 },
      { seeds: 2 },
      { objective: { metric: 'ndcg@5' } },
      { split: atRandom({ test: 0.2, validation: 0.2 }) },
      { change: (experiment) => ({ ...experiment, loss: hingeLoss() }) as never },
      { change: (experiment) => ({ ...experiment, seed: 8 }) },
      { dataset: createCountedDataset(2) },
      {
        change(experiment, trial) {
          trial.categorical('learningRate', [1]);
          return experiment;
        },
      },
    ];
    const messages = [];
    for (const changes of changed)
      messages.push(await catchMessage(openSearch(createFactorizationSearch({ dataset, ...changes }), { log })));
    expect(messages).toMatchInlineSnapshot(`
      [
        "study factorization: expected the search of its earlier trials, received training.epochs: 3 ≠ 4. Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the search of its earlier trials, received seeds: 1 ≠ 2. Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the search of its earlier trials, received metric: "mrr" ≠ "ndcg@5". Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the search of its earlier trials, received protocol.split.name: "leave-last-out" ≠ "at-random"; protocol.split.validation: true ≠ 0.2; protocol.split.test: absent ≠ 0.2; …. Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the search of its earlier trials, received training.loss: "bpr" ≠ "hinge(1)". Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the search of its earlier trials, received seed: 7 ≠ 8. Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the data of its earlier trials, received protocol.dataset.fingerprint: "512546f792a53f5f8d592846b556a1c7" ≠ "2d32f35f18f33e6c1afb16c894130b33". Values of both could not be compared: choose another name, or accept the changes.",
        "study factorization: expected the parameter learningRate of its earlier trials, {"name":"FloatDistribution","attributes":{"step":null,"low":0.001,"high":1,"log":true}}, received {"name":"CategoricalDistribution","attributes":{"choices":[1]}}. Give the parameter or the study another name.",
      ]
    `);
    await openSearch(createFactorizationSearch({ dataset, rate: 0.1 }), { log }); // ranges may change
    const accepted = createFactorizationSearch({ dataset, epochs: 4, trials: 2 });
    await runSearch(await openSearch(accepted, { log, stop: { trials: 2 }, acceptChanges: true }));
    const { study } = await openSearch(accepted, { log });
    expect(study.trials.map(({ attributes }) => attributes.epochs)).toEqual([3, 4]);
  });

  it('refuses what no trial could run', async () => {
    const log = memoryLog();
    const foreign = await createStudy({ name: 'factorization', log });
    await foreign.optimize((trial) => trial.float('x', { low: 0, high: 1 }), { trials: 1 });
    let calls = 0;
    const varying = await openSearch(
      createFactorizationSearch({
        change: (experiment) => (calls++ > 1 ? { ...experiment, seen: 'include' } : experiment),
      }),
    );
    const messages = [
      openSearch(createFactorizationSearch({ split: withoutValidation })),
      openSearch(createFactorizationSearch({ objective: { metric: 'recall@3' } })),
      openSearch(createFactorizationSearch({ change: () => undefined as never })),
      openSearch(createFactorizationSearch({ name: undefined as never })),
      openSearch(createFactorizationSearch(), { log }),
      runSearch(varying),
      openSearch(createFactorizationSearch({ trials: undefined as never })).then((opened) => runSearch(opened)),
    ].map(catchMessage);
    expect(await Promise.all(messages)).toMatchInlineSnapshot(`
      [
        "search factorization: expected experiments whose split has a validation part, since the test part must not choose options, received at-random(0.2), which has none. Choose a split that has one, e.g. leaveLastOut().",
        "defineSearch(objective.metric): expected one of mrr, ndcg@5, received recall@3.",
        "defineSearch(space): expected a function that returns an experiment, received undefined.",
        "openSearch(name): expected a name of the study, received none. Name the search.",
        "study factorization: expected trials of this search, received trials of another program, without a description of their data. Choose another name, or accept the changes.",
        "study factorization: expected one protocol for all trials, received another one: seen: "exclude" ≠ "include". Values of both could not be compared: let parameters choose the model and its training only.",
        "runSearch: expected trials, seconds or a stop rule of the search, received none. When should it end?",
      ]
    `);
  });

  it('runs trials within other loops', async () => {
    const opened = await openSearch(createFactorizationSearch());
    await opened.study.optimize((trial) => runTrial(opened, trial), { trials: 1 });
    await runSearch(opened, { trials: 1, worker: 'here:1' });
    expect(listStates(opened.study.trials)).toEqual(['complete', 'complete']);
    expect(opened.study.trials[1]!.attributes.worker).toBe('here:1');
  });
});

const notFinite = { ...bprLoss(), compute: () => tf.tensor1d([Number.NaN]) };
