import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { redisLog } from './redis-log.js';

// A process of its own, since Node reads NODE_EXTRA_CA_CERTS when it starts.
const log = redisLog(process.argv[2]!);
const study = await createStudy({ name: 'tls', log });
await study.optimize(parabola, { trials: 5 });
console.log(study.trials.length);
await log.close();
