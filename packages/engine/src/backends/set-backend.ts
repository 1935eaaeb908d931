import { tf } from '../tfjs/tfjs.js';

/** Makes a backend of tfjs the one in use. */
export async function setBackend(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not initialize ${name}`);
}

/** Starts plain JavaScript. */
export async function startCpu(): Promise<string> {
  await setBackend('cpu');
  (tf.backend() as { firstUse?: boolean }).firstUse = false; // otherwise tfjs recommends tfjs-node on stderr
  return 'plain JavaScript';
}
