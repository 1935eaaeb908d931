import { tf } from '@footlight/engine';
import own from '../../package.json' with { type: 'json' };
import type { Environment } from './types.js';

/** Describes the browser as it describes itself, and the versions that a number was computed with. */
export function describeEnvironment(): Environment {
  return {
    node: 'none',
    platform: navigator.userAgent,
    cpu: 'unknown',
    threads: navigator.hardwareConcurrency,
    versions: { footlight: own.version, '@tensorflow/tfjs-core': tf.version_core },
  };
}
