import { describeMachine } from '#platform/describe-machine';
import type { Machine } from './machine.js';
import { tf } from './tfjs/tfjs.js';
import { type Attempt, backendNames, tryBackend, useBackend } from './use-backend.js';

/** Backends, hardware and versions of this machine, for a table or a bug report. */
export interface Diagnosis {
  readonly backends: readonly Attempt[];
  /** The backend that `useBackend()` starts. */
  readonly chosen: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
}

/** Diagnoses the backends: tries each one and explains why it fails. Leaves the best one in use. */
export async function doctor(): Promise<Diagnosis> {
  const backends: Attempt[] = [];
  for (const name of backendNames) backends.push(await tryBackend(name));
  const { name: chosen } = await useBackend();
  return {
    backends,
    chosen,
    machine: await describeMachine(),
    versions: { '@tensorflow/tfjs-core': tf.version_core },
  };
}
