export { pairBatches } from './batches/pairs.js';
export { sequenceBatches } from './batches/sequences.js';
export { compact } from './compact.js';
export { type Grouped, groupByUser, groupByUserInTime } from './group-by-user.js';
export { type Rejection, type UniformNegativesOptions, uniformNegatives } from './negatives/uniform.js';
export { selectRows } from './select-rows.js';
export { type LeaveLastOutOptions, leaveLastOut } from './splits/leave-last-out.js';
export { official } from './splits/official.js';
export type {
  Batch,
  Catalogue,
  Dataset,
  Filter,
  HeldOut,
  Interactions,
  LoadOptions,
  NegativeSampler,
  Negatives,
  OriginalIds,
  Split,
  Splits,
} from './types.js';
export { type Windows, type WindowsOptions, windows } from './windows.js';
