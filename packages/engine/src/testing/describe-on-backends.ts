import { beforeAll, describe } from 'vitest';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { useBackend } from '../use-backend.js';

/**
 * Runs a block of tests once on each backend of `FOOTLIGHT_TEST_BACKENDS` (a list with commas; default `cpu,wasm`, and `native` where that loads).
 *
 * A backend that is asked for and does not work fails the block.
 */
export function describeOnBackends(name: string, block: (backend: string) => void): void {
  const usual = loadNativeKernels() ? 'cpu,wasm,native' : 'cpu,wasm';
  const backends = (process.env.FOOTLIGHT_TEST_BACKENDS ?? usual).split(',').map((backend) => backend.trim());
  describe.each(backends)(`${name} on %s`, (backend) => {
    beforeAll(async () => {
      await useBackend(backend);
    }, 60_000);
    block(backend);
  });
}
