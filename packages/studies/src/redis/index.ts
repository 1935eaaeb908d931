export { type DispatchOptions, type DispatchProgress, dispatchTrials } from './dispatch-trials.js';
export { isRedisUrl, PASSWORD_VARIABLE } from './redis-address.js';
export { type RedisLog, type RedisLogOptions, redisLog } from './redis-log.js';
export { type WorkOptions, workOnTrials } from './work-on-trials.js';
