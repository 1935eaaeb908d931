import type { BilinearLoss, BilinearOptimizer } from '@footlight/kernels';
import type { FusedLoss } from './fused-loss.js';
import type { FusedOptimizer } from './optimizers/types.js';

// The C++ kernels support exactly the losses and optimizers that the engine declares, with the same options.

export const loss: BilinearLoss = {} as FusedLoss;
export const sameLoss: FusedLoss = {} as BilinearLoss;

export const optimizer: BilinearOptimizer = {} as FusedOptimizer;
export const sameName: FusedOptimizer['name'] = {} as BilinearOptimizer['name'];
type KeyOf<Union> = Union extends unknown ? keyof Union : never;
export const sameOption: KeyOf<FusedOptimizer> = {} as keyof BilinearOptimizer;

// @ts-expect-error a loss without a kernel
export const unknownLoss: FusedLoss = { name: 'contrastive' };
// @ts-expect-error an optimizer without a kernel
export const unknownOptimizer: FusedOptimizer = { name: 'lamb', learningRate: 0.1, rows: 'lazy' };
