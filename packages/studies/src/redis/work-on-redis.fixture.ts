import { setTimeout as wait } from 'node:timers/promises';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { redisLog } from './redis-log.js';
import { workOnTrials } from './work-on-trials.js';

// One of several processes that work on the trials of a queue.
const [url, milliseconds] = process.argv.slice(2) as [string, string];
const interruption = new AbortController();
process.on('SIGINT', () => interruption.abort(new Error('interrupted')));
const log = redisLog(url);
await workOnTrials(url, {
  retries: 10,
  lockSeconds: 2,
  idleSeconds: 5,
  signal: interruption.signal,
  open: async (name) => ({
    study: await createStudy({ name, log }),
    objective: async (trial) => {
      const value = parabola(trial);
      await wait(Number(milliseconds));
      return value;
    },
  }),
}).catch((cause: Error) => {
  if (cause.message !== 'interrupted') throw cause;
});
await log.close();
