export { acquireLock, type FileLock, type LockOptions } from './acquire-lock.js';
