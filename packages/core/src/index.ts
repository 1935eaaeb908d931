export { invalid, RecsysError } from './error.js';
export type { Described, Json } from './json.js';
export type { OnProgress, Progress } from './progress.js';
export { createRng, type Rng } from './rng.js';
export { assertShape, type Shaped } from './shape.js';
