export {
  createParentSignal,
  type SuperviseOptions,
  superviseWorkers,
  type WorkerProcess,
} from './supervise-workers.js';
