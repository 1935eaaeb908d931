import { tf } from '../tfjs/tfjs.js';
import type { Build } from './kernels/build.js';
import { registerBackend } from './kernels/register-backend.js';

/** Makes a backend of tfjs the one in use. */
export async function setBackend(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not initialize ${name}`);
}

/** Starts the backend of a build of the kernels. @returns one line that describes it */
export async function startBuild(build: Build): Promise<string> {
  registerBackend(build);
  await setBackend(build.name);
  return build.description;
}

/** Starts plain JavaScript. */
export async function startCpu(): Promise<string> {
  await setBackend('cpu');
  (tf.backend() as { firstUse?: boolean }).firstUse = false; // otherwise tfjs recommends tfjs-node on stderr
  return 'plain JavaScript';
}
