import type { Kernels } from '@footlight/kernels';
import { build, loadKernels } from './load-kernels.mjs';

const loaded = await loadKernels();
if (loaded.reason) console.warn(`Tests of kernels (${build}) are skipped: ${loaded.reason}.`);

export const isAddon: boolean = build === 'addon';
export const isCompiled: boolean = loaded.kernels !== undefined;
export const kernels: Kernels = loaded.kernels as Kernels;
