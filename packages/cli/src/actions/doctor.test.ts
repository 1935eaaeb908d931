import { describe, expect, it } from 'vitest';
import { formatDiagnosis } from './doctor.js';

describe('formatDiagnosis', () => {
  it('says what works, what not and why, and how to be faster', () => {
    const text = formatDiagnosis({
      backends: [
        { name: 'tensorflow', works: false, reason: '@tensorflow/tfjs-node is not installed' },
        { name: 'wasm', works: true, reason: 'WebAssembly with SIMD, 2 threads' },
      ],
      chosen: 'wasm',
      machine: { node: 'v20.19.0', platform: 'linux x64', cpu: 'some', threads: 2, memoryBytes: 3 * 2 ** 30 },
      versions: { '@tensorflow/tfjs-core': '4.22.0' },
    });
    expect(text).toMatchInlineSnapshot(`
      "| backend    |       |                                           |
      | ---------- | ----- | ----------------------------------------- |
      | tensorflow | –     | @tensorflow/tfjs-node is not installed    |
      | wasm       | works | WebAssembly with SIMD, 2 threads (chosen) |

      Node v20.19.0 on linux x64, 2 × some, 3 GiB of memory
      C++ compiler: none
      Versions: @tensorflow/tfjs-core 4.22.0

      TensorFlow is faster where it works: footlight doctor --install-tensorflow"
    `);
  });
});
