export { describeOnBackends, listTestBackends, type TestBackendsOptions } from './describe-on-backends.js';
export { expectClose } from './expect-close.js';
export { numericGradient } from './numeric-gradient.js';
