import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { fileLog } from './file-log.js';

// One of several processes that search with one log.
const [path, workers] = process.argv.slice(2) as [string, string];
const study = await createStudy({ name: 'shared', log: fileLog(path), stop: { trials: 40 } });
await study.optimize(
  async (trial) => {
    const value = parabola(trial);
    for (let step = 0; step < 3; step++) trial.report(value + 1 / (step + 1), step);
    trial.setAttribute('process', process.pid);
    return value;
  },
  { workers: Number(workers) },
);
