import { describe, expect, it } from 'vitest';
import { createReplay } from './replay.js';

const time = '2026-01-02T03:04:05.678901+00:00';
const entry = (op_code: number, worker_id: string, fields: object): string =>
  JSON.stringify({ op_code, worker_id, ...fields });
const createStudy = (worker: string, study_name: string, directions: number[]): string =>
  entry(0, worker, { study_name, directions });
const createTrial = (worker: string, study_id: number): string => entry(4, worker, { study_id, datetime_start: time });
const setParameter = (value: number, name: string, attributes: object): string =>
  entry(5, 'me', {
    trial_id: 1,
    param_name: 'x',
    param_value_internal: value,
    distribution: JSON.stringify({ name, attributes }),
  });

describe('createReplay', () => {
  it('applies the rules of Optuna: what comes too late has no effect', () => {
    const replay = createReplay('me', 'log');
    const begun = replay.apply([
      createStudy('me', 'a', [2]),
      createStudy('other', 'a', [1]),
      createStudy('other', 'b', [1, 2]),
      createTrial('other', 1),
      createTrial('me', 0),
      createTrial('me', 7),
      setParameter(0.5, 'FloatDistribution', { step: null, low: 0, high: 1, log: false }),
      setParameter(1, 'IntDistribution', { log: false, step: 1, low: 0, high: 1 }),
      entry(6, 'me', { trial_id: 1, state: 1, values: [3], datetime_complete: time }),
      entry(6, 'other', { trial_id: 1, state: 3, values: null, datetime_complete: time }),
      entry(8, 'other', { trial_id: 1, user_attr: { late: 1 } }),
      entry(10, 'other', { study_id: 0, trial_ids: [1] }),
      entry(1, 'other', { study_id: 1 }),
    ]);
    expect([...replay.studies.values()].map(({ name, directions }) => [name, directions])).toEqual([
      ['a', ['maximize']],
    ]);
    expect(replay.studies.get(0)).toMatchObject({
      finished: [0],
      trials: [{ id: 1, number: 0, state: 'complete', values: [3], params: { x: 0.5 }, attributes: {} }],
    });
    expect(begun.map((trial) => trial?.id)).toEqual([1, undefined]);
    expect(replay.length).toBe(13);
  });

  it('gives an enqueued trial to the first worker only', () => {
    const entries = (first: string, second: string): string[] => [
      createStudy('x', 'a', [1]),
      entry(4, 'x', { study_id: 0, datetime_start: null, state: 4, system_attrs: { fixed_params: { x: 1 } } }),
      ...[first, second].map((worker) =>
        entry(6, worker, { trial_id: 0, state: 0, values: null, datetime_start: time }),
      ),
    ];
    expect(
      createReplay('me', 'log')
        .apply(entries('me', 'you'))
        .map((trial) => trial?.state),
    ).toEqual(['running']);
    expect(createReplay('me', 'log').apply(entries('you', 'me'))).toEqual([undefined]);
  });

  it('names the line that it cannot read', () => {
    const apply = (line: string) => () =>
      createReplay('me', 'search.log').apply(['{"op_code":0,"worker_id":"x","study_name":"a","directions":[1]}', line]);
    expect(apply('{"op_code":5,"wor{"op_code":4}')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: search.log, line 2: expected an entry of a study log, received {"op_code":5,"wor{"op_code":4}. Another program may have written into the file: delete the line.]`,
    );
    expect(apply('{"op_code":99}')).toThrow('search.log, line 2: expected an entry of a study log');
  });
});
