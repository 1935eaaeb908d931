import { cpus } from 'node:os';
import { tf } from '@footlight/engine';
import own from '../../package.json' with { type: 'json' };
import type { Environment } from './types.js';

/** Describes the machine and the versions that a number was computed with. */
export function describeEnvironment(): Environment {
  const processors = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    threads: processors.length,
    versions: { footlight: own.version, '@tensorflow/tfjs-core': tf.version_core },
  };
}
