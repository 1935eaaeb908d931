import { explainMissingKernels, loadNativeKernels } from '#platform/backends/native/load-kernels';
import { tf } from '../../tfjs/tfjs.js';
import { registerCatalogueKernels } from './catalogue.js';
import { replaceConstants } from './constants.js';
import { replaceDataMovement } from './data-movement.js';
import { replaceElementwise } from './elementwise.js';
import { replaceIndexing } from './indexing.js';
import { type CpuBackend, createNativeBackend } from './native-backend.js';
import { replaceProducts } from './products.js';
import { replaceReductions } from './reductions.js';
import { registerSequenceKernels } from './sequence.js';
import { registerSumGradients } from './sum-gradients.js';
import { registerUnfolding } from './unfolding.js';

/**
 * Registers the backend `native`: tfjs's cpu kernels, of which the hot ones are replaced by C++ on the same typed
 * arrays. Unsupported types (strings, complex numbers, most of int32) keep tfjs's kernels.
 *
 * @returns a description in one line
 * @throws {Error} with the reason if the C++ kernels cannot be used here
 */
export function registerNative(): string {
  const kernels = loadNativeKernels();
  if (!kernels) throw new Error(explainMissingKernels());
  if (!tf.findBackendFactory('native')) {
    const cpu = tf.findBackend('cpu') as CpuBackend;
    tf.registerBackend('native', () => createNativeBackend(cpu), 0); // lowest priority: it runs only if it is chosen
    tf.copyRegisteredKernels('cpu', 'native');
    replaceElementwise(kernels);
    replaceReductions(kernels);
    replaceDataMovement(kernels);
    replaceIndexing(kernels);
    replaceConstants();
    replaceProducts(kernels);
    registerSequenceKernels(kernels);
    registerSumGradients();
    registerUnfolding(kernels);
    registerCatalogueKernels(kernels);
  }
  const threads = kernels.threads();
  return `C++ kernels, ${threads} thread${threads === 1 ? '' : 's'}`;
}
