import { type Kernels, load } from '@footlight/native';

const { kernels: compiled, reason } = load();
if (reason) console.warn(`Tests of kernels are skipped: ${reason}.`);

/** Whether there are kernels to test. */
export const there: boolean = compiled !== undefined;
export const kernels: Kernels = compiled as Kernels;
