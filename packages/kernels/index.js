import { loadFrom } from './load.js';

/** Loads the kernels, or explains why they cannot be used here. */
export function load() {
  try {
    return loadFrom(import.meta.dirname);
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}
