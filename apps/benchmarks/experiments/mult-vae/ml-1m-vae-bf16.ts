import { defineExperiment } from '@footlight/trainer';
import vae from './ml-1m-vae.js';

// What products of matrices with 8 bits of precision cost. Only the backend native knows them.
export default defineExperiment({ ...vae, precision: 'bf16' as const });
