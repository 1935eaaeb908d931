export { createParentSignal, type SuperviseOptions, superviseWorkers } from './supervise-workers.js';
