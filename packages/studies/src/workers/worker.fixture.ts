import { fileLog } from '../log/file-log.js';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import type { Trial } from '../trial.js';
import { createParentSignal } from './supervise-workers.js';

// A worker of superviseWorkers: trials of which some never end (their numbers), or all (`endless`), or a death at once.
const [path, worker, kind] = process.argv.slice(2) as [string, string, string];
if (kind === 'dead') process.exit(3);
const isEndless = ({ number }: Trial) => kind === 'endless' || kind.split(' ').includes(`${number}`);
const signal = createParentSignal();
const study = await createStudy({ name: 'shared', log: fileLog(path, { graceSeconds: 2 }) });
await study
  .optimize(
    async (trial) => {
      const value = parabola(trial);
      await trial.shouldPrune(); // the parameters are in the log
      if (isEndless(trial)) await new Promise(() => setInterval(() => undefined, 1000));
      return value;
    },
    { signal, attributes: { worker } },
  )
  .catch((cause: Error) => {
    if (!signal.aborted) throw cause;
  });
