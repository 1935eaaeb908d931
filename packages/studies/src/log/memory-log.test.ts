import { describe, expect, it } from 'vitest';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { memoryLog } from './memory-log.js';

describe('memoryLog', () => {
  it('continues from its text', async () => {
    const log = memoryLog();
    const study = await createStudy({ name: 'a', log });
    await study.optimize(parabola, { trials: 12 });
    const copy = await createStudy({ name: 'a', log: memoryLog(`${log.toText()}{"op_code":4,"wor`) });
    expect(copy.trials).toEqual(study.trials);
    await Promise.all([study, copy].map((each) => each.optimize(parabola, { trials: 3 })));
    expect(copy.trials.map(({ params }) => params)).toEqual(study.trials.map(({ params }) => params));
  });

  it('has the lines of Optuna', async () => {
    const log = memoryLog();
    const study = await createStudy({ name: 'a', log, direction: 'maximize' });
    const trial = await study.ask();
    trial.float('x', { low: 0, high: 0 });
    trial.integer('n', { low: 2, high: 2 });
    trial.categorical('c', ['é', 1, true, null]);
    trial.report(Number.NaN, 3);
    await study.tell(trial, -Infinity);
    const lines = log.toText().replace(/"worker_id":"[0-9a-f]{32}"/g, '"worker_id":"w"');
    expect(
      lines
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+\+00:00/g, 'TIME')
        .replace(/(internal":)\d(,"distribution":"{\\"name\\":\\"Cat)/, '$13$2'),
    ).toMatchInlineSnapshot(`
      "{"op_code":0,"worker_id":"w","study_name":"a","directions":[2]}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"TIME"}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":0,"distribution":"{\\"name\\":\\"FloatDistribution\\",\\"attributes\\":{\\"step\\":null,\\"low\\":0,\\"high\\":0,\\"log\\":false}}"}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"n","param_value_internal":2,"distribution":"{\\"name\\":\\"IntDistribution\\",\\"attributes\\":{\\"log\\":false,\\"step\\":1,\\"low\\":2,\\"high\\":2}}"}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"c","param_value_internal":3,"distribution":"{\\"name\\":\\"CategoricalDistribution\\",\\"attributes\\":{\\"choices\\":[\\"é\\",1,true,null]}}"}
      {"op_code":7,"worker_id":"w","trial_id":0,"step":3,"intermediate_value":NaN}
      {"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[-Infinity],"datetime_complete":"TIME"}
      "
    `);
  });

  it('appends only to the log that was read', async () => {
    const log = memoryLog('one\n');
    expect([await log.append(['two'], 0), await log.append(['two'], 1), await log.read(0)]).toEqual([
      false,
      true,
      ['one', 'two'],
    ]);
  });
});
