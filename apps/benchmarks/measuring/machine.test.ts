import { describe, expect, it } from 'vitest';
import { describeMachine, instructionsOf } from './machine.js';

describe('instructionsOf', () => {
  const wide = 'avx512f avx512dq avx512bw avx512vl';
  const listed = (flags: string) => `processor\t: 0\nflags\t\t: fpu sse2 ${flags}\nbugs\t\t: none`;

  it('names the widest that the kernels use', () => {
    expect(instructionsOf(listed(''))).toBe('SSE2');
    expect(instructionsOf(listed('avx2 fma'))).toBe('AVX2');
    expect(instructionsOf(listed('avx2 fma avx512f'))).toBe('AVX2');
    expect(instructionsOf(listed(`avx2 fma ${wide}`))).toBe('AVX-512');
    expect(instructionsOf(listed(`avx2 fma ${wide} avx512_bf16`))).toBe('AVX-512 and its bf16');
  });

  it('follows what the kernels are told', () => {
    expect(instructionsOf(listed(`avx2 fma ${wide}`), 'avx2')).toBe('AVX2');
    expect(instructionsOf(listed(`avx2 fma ${wide}`), 'portable')).toBe('SSE2');
  });

  it('does not know them where none are listed', () => {
    expect(instructionsOf('processor : 0\nFeatures : fp asimd')).toBeUndefined();
  });
});

describe('describeMachine', () => {
  it('names instructions where they are known', () => {
    const machine = { processor: 'Abacus', cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6', node: 'v20' };
    expect(describeMachine(machine)).toBe('Abacus, 2 cores, 8 GiB, Linux 6, Node v20');
    expect(describeMachine({ ...machine, instructions: 'AVX2' })).toBe(
      'Abacus with AVX2, 2 cores, 8 GiB, Linux 6, Node v20',
    );
  });
});
