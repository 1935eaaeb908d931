export { type RedisSessionsOptions, redisSessions } from './redis-sessions.js';
