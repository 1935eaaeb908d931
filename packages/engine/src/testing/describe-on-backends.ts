import { beforeAll, describe } from 'vitest';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { type BackendName, useBackend } from '../use-backend.js';

/**
 * Runs a block of tests once on each backend of `FOOTLIGHT_TEST_BACKENDS`, a list with commas. Default: `cpu,wasm`, and `native` if it loads.
 *
 * The block fails for a backend that does not work.
 */
export function describeOnBackends(name: string, block: (backend: BackendName) => void): void {
  const available = loadNativeKernels() ? 'cpu,wasm,native' : 'cpu,wasm';
  const backends = (process.env.FOOTLIGHT_TEST_BACKENDS ?? available)
    .split(',')
    .map((backend) => backend.trim() as BackendName);
  describe.each(backends)(`${name} on %s`, (backend) => {
    beforeAll(async () => {
      await useBackend(backend);
    }, 60_000);
    block(backend);
  });
}
