import { type Kernels, load } from '@footlight/kernels';

const { kernels: compiled, reason } = load();
if (reason) console.warn(`Tests of kernels are skipped: ${reason}.`);

export const isCompiled: boolean = compiled !== undefined;
export const kernels: Kernels = compiled as Kernels;
