import * as tf from '@tensorflow/tfjs';
import { replaceDataMovement } from './data-movement.js';
import { replaceElementwise } from './elementwise.js';
import { explainMissingKernels, loadNativeKernels } from './load-kernels.js';
import { type CpuBackend, createNativeBackend } from './native-backend.js';
import { replaceProducts } from './products.js';
import { replaceReductions } from './reductions.js';
import { registerSequenceKernels } from './sequence.js';
import { registerSumGradients } from './sum-gradients.js';
import { registerUnfolding } from './unfolding.js';

/**
 * Registers the backend `native`: tfjs's cpu kernels, the hot ones replaced by C++ on the same typed arrays. Those that C++ does not know (strings, complex
 * numbers, most of int32) stay as they are.
 *
 * @returns what it is, in one line
 * @throws {Error} why the C++ kernels cannot be used here
 */
export function registerNative(): string {
  const kernels = loadNativeKernels();
  if (!kernels) throw new Error(explainMissingKernels());
  if (!tf.findBackendFactory('native')) {
    const cpu = tf.findBackend('cpu') as CpuBackend;
    tf.registerBackend('native', () => createNativeBackend(cpu), 0); // below the others: it runs where it is asked for
    tf.copyRegisteredKernels('cpu', 'native');
    replaceElementwise(kernels);
    replaceReductions(kernels);
    replaceDataMovement(kernels);
    replaceProducts(kernels);
    registerSequenceKernels(kernels);
    registerSumGradients();
    registerUnfolding(kernels);
  }
  const threads = kernels.threads();
  return `C++ kernels, ${threads} thread${threads === 1 ? '' : 's'}`;
}
