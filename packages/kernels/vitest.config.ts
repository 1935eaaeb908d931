import { tests } from '@footlight/tooling-vitest';

/** Tests of what the kernels compute and refuse: they run on every build and instruction set. */
const results = ['bag', 'bilinear', 'bilinear-*', 'gemm', 'optimizer', 'random', 'rank', 'softmax'];
const all = [...results, 'fuzz', 'hostile-calls', 'options', 'pages', 'sequence', 'sequence-arguments'];
const toFiles = (names: string[]) => names.map((name) => `test/${name}.test.ts`);

// The addon itself takes the best instruction set; tests of sequences run with all of them.
const builds = [
  { name: 'avx2', env: { FOOTLIGHT_INSTRUCTIONS: 'avx2' }, include: toFiles(results) },
  { name: 'portable', env: { FOOTLIGHT_INSTRUCTIONS: 'portable' }, include: toFiles(results) },
  { name: 'wasm', env: { FOOTLIGHT_TEST_KERNELS: 'wasm' }, include: toFiles(all) },
  { name: 'wasm-threads', env: { FOOTLIGHT_TEST_KERNELS: 'wasm-threads' }, include: toFiles(all) },
];

export default tests({
  pool: 'forks',
  projects: [
    { extends: true, test: { name: 'addon', include: ['test/**/*.test.ts'] } },
    ...builds.map((test) => ({ extends: true as const, test: test })),
  ],
});
