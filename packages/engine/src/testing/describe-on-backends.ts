import { beforeAll, describe } from 'vitest';
import { loadNativeKernels } from '../backends/kernels/load-kernels.js';
import { type BackendName, useBackend } from '../use-backend.js';

export interface TestBackendsOptions {
  /**
   * Whether `FOOTLIGHT_TEST_BACKENDS=fastest` still means all backends: for the few tests that compare them. Default
   * false.
   */
  readonly all?: boolean;
}

/**
 * Lists the backends that tests run on: those of `FOOTLIGHT_TEST_BACKENDS` (a list with commas), by default `cpu`,
 * `wasm`, and `native` where it loads. `FOOTLIGHT_TEST_BACKENDS=fastest` is `native` where it loads, else `wasm`.
 */
export function listTestBackends({ all = false }: TestBackendsOptions = {}): BackendName[] {
  const backends: BackendName[] = loadNativeKernels() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];
  const { FOOTLIGHT_TEST_BACKENDS: names } = process.env;
  if (names === undefined || (all && names === 'fastest')) return backends;
  return names === 'fastest' ? backends.slice(-1) : names.split(',').map((name) => name.trim() as BackendName);
}

/**
 * Runs a block of tests once on each backend of `listTestBackends`.
 *
 * A backend that is named and does not work fails the block.
 */
export function describeOnBackends(
  name: string,
  block: (backend: BackendName) => void,
  options: TestBackendsOptions = {},
): void {
  describe.each(listTestBackends(options))(`${name} on %s`, (backend) => {
    beforeAll(async () => {
      await useBackend(backend);
    }, 60_000);
    block(backend);
  });
}
