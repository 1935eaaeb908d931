import type { BackendName } from '../use-backend.js';
import { listTestBackends } from './describe-on-backends.js';

/** The backends of tests that run on kernels of `@footlight/kernels`. */
export const kernelBackends: BackendName[] = listTestBackends().filter((name) =>
  ['native', 'wasm', 'wasm-relaxed'].includes(name),
);
