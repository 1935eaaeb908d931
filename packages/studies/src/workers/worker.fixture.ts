import { setTimeout as wait } from 'node:timers/promises';
import { fileLog } from '../log/file-log.js';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { createParentSignal } from './supervise-workers.js';

// A worker of superviseWorkers: trials of some milliseconds, or one that never ends, or a death at once.
const [path, worker, kind] = process.argv.slice(2) as [string, string, string];
if (kind === 'dead') process.exit(3);
const signal = createParentSignal();
const study = await createStudy({ name: 'shared', log: fileLog(path, { graceSeconds: 2 }) });
await study
  .optimize(
    async (trial) => {
      const value = parabola(trial);
      await trial.shouldPrune(); // the parameters are in the log
      await (kind === 'endless' ? new Promise(() => setInterval(() => undefined, 1000)) : wait(Number(kind)));
      return value;
    },
    { signal, attributes: { worker } },
  )
  .catch((cause: Error) => {
    if (!signal.aborted) throw cause;
  });
