import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { registerCatalogueKernels } from './catalogue.js';
import { replaceConstants } from './constants.js';
import { replaceDataMovement } from './data-movement.js';
import { replaceElementwise } from './elementwise.js';
import { replaceIndexing } from './indexing.js';
import { type CpuBackend, createKernelsBackend } from './kernels-backend.js';
import { replaceProducts } from './products.js';
import { replaceReductions } from './reductions.js';
import { registerSequenceKernels } from './sequence.js';
import { registerSumGradients } from './sum-gradients.js';
import { registerTransformerKernels } from './transformer.js';
import { registerUnfolding } from './unfolding.js';

/**
 * Registers the backend of a build of the kernels: tfjs's cpu kernels, of which the hot ones are replaced by C++ on the
 * same arrays. Unsupported types (strings, complex numbers, most of int32) keep tfjs's kernels.
 */
export function registerBackend(build: Build): void {
  if (tf.findBackendFactory(build.name)) return;
  const cpu = tf.findBackend('cpu') as CpuBackend;
  tf.registerBackend(build.name, () => createKernelsBackend(cpu, build.arrays), 0); // runs only if it is chosen
  tf.copyRegisteredKernels('cpu', build.name);
  replaceElementwise(build);
  replaceReductions(build);
  replaceDataMovement(build);
  replaceIndexing(build);
  replaceConstants(build);
  replaceProducts(build);
  registerSequenceKernels(build);
  registerSumGradients();
  registerUnfolding(build);
  registerCatalogueKernels(build);
  registerTransformerKernels(build);
}
