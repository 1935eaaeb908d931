import { createStudy, fileLog } from '@footlight/studies';
import { createParentSignal } from '@footlight/studies/workers';
import { countUp } from './count-up.js';

// A worker of measureWorkers, in a process of its own: each trial is the same arithmetic.
const [path, worker, steps] = process.argv.slice(2) as [string, string, string];
const signal = createParentSignal();
const study = await createStudy({ name: 'workers', log: fileLog(path) });
await study
  .optimize((trial) => trial.float('x', { low: 0, high: 1 }) + countUp(Number(steps)), {
    signal,
    attributes: { worker },
  })
  .catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
