import type { ViteUserConfig } from 'vitest/config';

/** The test run of every package: tests beside the source, packages read from source, no `dist` needed. */
export declare function tests(more?: NonNullable<ViteUserConfig['test']>): ViteUserConfig;
