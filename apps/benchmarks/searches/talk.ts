import { evaluation } from '../experiments/talk.js';
import { validateAtRandom } from './validate-at-random.js';

/** The experiments train on all training ratings. */
export const validated = validateAtRandom(evaluation);
