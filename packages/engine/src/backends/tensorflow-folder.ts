import { join } from 'node:path';
import { findCacheFolder } from '@footlight/core/files';

/**
 * Finds the folder in which `footlight doctor --install-tensorflow` installs TensorFlow: `FOOTLIGHT_TENSORFLOW`, else a
 * folder in the platform's cache.
 */
export function findTensorflowFolder(): string {
  return process.env.FOOTLIGHT_TENSORFLOW || join(findCacheFolder('footlight'), 'tensorflow');
}
