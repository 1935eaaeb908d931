import { assertInteger } from '@footlight/core';
import type { ServiceLimits } from './types.js';

const defaults: Required<ServiceLimits> = {
  count: 1000,
  items: 10_000,
  batch: 1000,
  bytes: 2 ** 20,
  concurrency: 1000,
  milliseconds: 10_000,
};

/** @throws {RecsysError} `invalid-argument` for a limit that is no positive integer */
export function completeLimits(given: ServiceLimits = {}): Required<ServiceLimits> {
  const limits = { ...defaults, ...given };
  for (const [name, value] of Object.entries(limits)) assertInteger(`createService(limits.${name})`, value);
  return limits;
}
