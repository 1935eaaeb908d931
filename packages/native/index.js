import { loadFrom } from './load.js';

/** The kernels, or why there are none. */
export function load() {
  try {
    return loadFrom(import.meta.dirname);
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}
