export { type DenseGradient, type Gradient, type RowGradient, valueAndGradients } from './gradients.js';
export { lookup } from './ops/lookup.js';
export { scoreCandidates } from './ops/score-candidates.js';
export { type AdagradOptions, adagrad } from './optimizers/adagrad.js';
export { type AdamOptions, adam } from './optimizers/adam.js';
export { type AdamWOptions, adamW } from './optimizers/adamw.js';
export { type SgdOptions, sgd } from './optimizers/sgd.js';
export type { ApplyOptions, Optimizer, Rows, SlotState } from './optimizers/types.js';
export { type Attempt, type BackendName, backendNames, type ChosenBackend, ensureBackend, useBackend } from './use-backend.js';
