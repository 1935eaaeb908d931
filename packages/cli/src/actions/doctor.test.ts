import { describe, expect, it } from 'vitest';
import { formatDiagnosis } from './doctor.js';

const machine = { node: 'v20.19.0', platform: 'linux x64', cpu: 'some', threads: 2, memoryBytes: 3 * 2 ** 30 };
const versions = { '@tensorflow/tfjs-core': '4.22.0' };
const wasm = { name: 'wasm', works: true, reason: 'WebAssembly with SIMD, 2 threads', tested: 'all tests' } as const;

/** The lines after the table and the versions, where the C++ kernels do not work. */
function formatLastLines(reason: string): string {
  const backends = [{ name: 'native', works: false, reason, tested: 'all tests' } as const, wasm];
  return formatDiagnosis({ backends, chosen: 'wasm', machine, versions }).split('4.22.0')[1]!.trim();
}

describe('formatDiagnosis', () => {
  it('says what works, what not and why, what was tested, and how to be faster', () => {
    const text = formatDiagnosis({
      backends: [
        { name: 'native', works: false, reason: 'no C++ kernels for linux-x64', tested: 'all tests' },
        { name: 'tensorflow', works: false, reason: '@tensorflow/tfjs-node is not installed', tested: 'some' },
        wasm,
      ],
      chosen: 'wasm',
      machine,
      versions,
    });
    expect(text).toMatchInlineSnapshot(`
      "| backend    |       |                                           | tested    |
      | ---------- | ----- | ----------------------------------------- | --------- |
      | native     | –     | no C++ kernels for linux-x64              | all tests |
      | tensorflow | –     | @tensorflow/tfjs-node is not installed    | some      |
      | wasm       | works | WebAssembly with SIMD, 2 threads (chosen) | all tests |

      Node v20.19.0 on linux x64, 2 × some, 3 GiB of memory
      C++ compiler: none
      Versions: @tensorflow/tfjs-core 4.22.0

      The backend wasm runs. The kernels as an addon are faster: footlight doctor --compile (needs a C++17 compiler, make and Python)"
    `);
  });

  it('says how to repair the C++ kernels', () => {
    expect(formatLastLines('/a/footlight.node: damaged; compile it again')).toContain(
      'faster: footlight doctor --compile',
    );
  });

  it('advises nothing where the C++ kernels work', () => {
    const native = { name: 'native', works: true, reason: 'C++', tested: 'all tests' } as const;
    expect(formatDiagnosis({ backends: [native, wasm], chosen: 'native', machine, versions })).toMatch(/4\.22\.0$/);
  });
});
