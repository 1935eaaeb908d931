import type { ViteUserConfig } from 'vitest/config';

type VitestOptions = NonNullable<ViteUserConfig['test']>;

export interface TestsOptions extends VitestOptions {
  /** Whether tests use TensorFlow.js: every file of tests then starts on its backend `cpu`. Default false. */
  tensors?: boolean;
  /** Files that must not share modules with others, since they replace some (`vi.mock`). Default none. */
  isolated?: string[];
}

/**
 * The test run of every package: tests beside the source, packages read from source, no `dist` needed.
 *
 * By default files called `*.slow.test.ts` are left out, and tests on backends run on the fastest one alone.
 * All of them run with `FOOTLIGHT_TEST_SUITE=all`, which `npm run test:all` sets.
 */
export declare function tests(options?: TestsOptions): ViteUserConfig;
