import { join } from 'node:path';
import { findCacheFolder } from '@footlight/core/files';

/**
 * Finds the folder in which `footlight doctor --install-tensorflow` installs TensorFlow: `FOOTLIGHT_TENSORFLOW`, or
 * with `gpu` `FOOTLIGHT_TENSORFLOW_GPU`, else a folder in the platform's cache.
 */
export function findTensorflowFolder({ gpu = false }: { gpu?: boolean } = {}): string {
  const { FOOTLIGHT_TENSORFLOW, FOOTLIGHT_TENSORFLOW_GPU } = process.env;
  const chosen = gpu ? FOOTLIGHT_TENSORFLOW_GPU : FOOTLIGHT_TENSORFLOW;
  return chosen || join(findCacheFolder('footlight'), gpu ? 'tensorflow-gpu' : 'tensorflow');
}
