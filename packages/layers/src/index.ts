export type { Layer, Parameters, Training } from './types.js';
