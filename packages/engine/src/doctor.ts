import { readBackendVariable } from '#platform/backends/start-backend';
import { describeMachine } from '#platform/describe-machine';
import { testedOn } from './backends/tested-on.js';
import type { BackendName } from './backends/types.js';
import type { Machine } from './machine.js';
import { tf } from './tfjs/tfjs.js';
import { type Attempt, backendNames, tryBackend, useBackend } from './use-backend.js';

/** A backend, tried. */
export interface DiagnosedBackend extends Attempt {
  /** One line: what of Footlight's tests runs on it, and on which hardware. */
  readonly tested: string;
}

/** Backends, hardware and versions of this machine, for a table or a bug report. */
export interface Diagnosis {
  readonly backends: readonly DiagnosedBackend[];
  /** The backend that `useBackend()` starts. */
  readonly chosen: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Diagnoses the backends: tries each one, explains why it fails, and says where it was tested. Leaves the best one in
 * use.
 */
export async function doctor(): Promise<Diagnosis> {
  const found = new Map<BackendName, DiagnosedBackend>();
  for (const name of orderAttempts()) found.set(name, { ...(await tryBackend(name)), tested: testedOn[name] });
  const backends = backendNames.map((name) => found.get(name)!);
  const { name: chosen } = await useBackend();
  return {
    backends,
    chosen,
    machine: await describeMachine(),
    versions: { '@tensorflow/tfjs-core': tf.version_core },
  };
}

/** The backend of `FOOTLIGHT_BACKEND` first: a process can load one TensorFlow only. */
function orderAttempts(): BackendName[] {
  const named = readBackendVariable();
  return [...backendNames].sort((one, other) => Number(other === named) - Number(one === named));
}
