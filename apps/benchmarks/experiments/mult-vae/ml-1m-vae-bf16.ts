import { defineExperiment } from '@footlight/trainer';
import vae from './ml-1m-vae-stops-early.js';

// The same training with matrix products in bf16, which only the native backend has.
export default defineExperiment({ ...vae, precision: 'bf16' as const });
