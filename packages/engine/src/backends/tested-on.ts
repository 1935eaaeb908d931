import type { BackendName } from './types.js';

/** What of Footlight's tests runs on each backend, and on which hardware. Speed says nothing about a backend here. */
export const testedOn: Readonly<Record<BackendName, string>> = {
  native: 'all tests, on Linux x64',
  wasm: 'all tests, on Linux x64; training in headless Chromium, with and without threads',
  'wasm-relaxed': 'numeric tests with Node 22 on Linux x64; training in headless Chromium',
  cpu: 'all tests, on Linux x64; training in headless Chromium',
  tensorflow: 'numeric tests, with libtensorflow 2.21 for CPUs on Linux x64',
  'tensorflow-gpu': 'not tested: no GPU so far',
  webgpu: 'numeric tests in Node, training in headless Chromium; on SwiftShader (a GPU in software), on no GPU so far',
  webgl: 'training in headless Chromium; on SwiftShader (a GPU in software), on no GPU so far',
};
