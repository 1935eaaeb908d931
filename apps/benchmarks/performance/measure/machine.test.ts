import { describe, expect, it } from 'vitest';
import { detectInstructions, formatMachine } from './machine.js';

describe('detectInstructions', () => {
  const wide = 'avx512f avx512dq avx512bw avx512vl';
  const cpuInfo = (flags: string) => `processor\t: 0\nflags\t\t: fpu sse2 ${flags}\nbugs\t\t: none`;

  it('finds the widest instruction set that the kernels use', () => {
    expect(detectInstructions(cpuInfo(''))).toBe('SSE2');
    expect(detectInstructions(cpuInfo('avx2 fma'))).toBe('AVX2');
    expect(detectInstructions(cpuInfo('avx2 fma avx512f'))).toBe('AVX2');
    expect(detectInstructions(cpuInfo(`avx2 fma ${wide}`))).toBe('AVX-512');
    expect(detectInstructions(cpuInfo(`avx2 fma ${wide} avx512_bf16`))).toBe('AVX-512 and its bf16');
  });

  it('follows the limit of the kernels', () => {
    expect(detectInstructions(cpuInfo(`avx2 fma ${wide}`), 'avx2')).toBe('AVX2');
    expect(detectInstructions(cpuInfo(`avx2 fma ${wide}`), 'portable')).toBe('SSE2');
  });

  it('returns undefined where no flags are listed', () => {
    expect(detectInstructions('processor : 0\nFeatures : fp asimd')).toBeUndefined();
  });
});

describe('formatMachine', () => {
  it('contains the instruction set where it is known', () => {
    const machine = { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' };
    expect(formatMachine(machine)).toBe('Abacus, 2 cores, 8 GiB, Linux 6, Node v20');
    expect(formatMachine({ ...machine, instructions: 'AVX2' })).toBe(
      'Abacus with AVX2, 2 cores, 8 GiB, Linux 6, Node v20',
    );
  });
});
