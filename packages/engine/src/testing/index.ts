export { describeOnBackends, listTestBackends, type TestBackendsOptions } from './describe-on-backends.js';
export { type DeviceReads, leaveDeviceBackend, useDeviceBackend } from './device-backend.js';
export { expectClose } from './expect-close.js';
export { numericGradient } from './numeric-gradient.js';
