import { RecsysError } from '@footlight/core';

export const LOCK_HINT = 'Wait until it ends, or choose another checkpoint.';

/** @throws {RecsysError} `locked`, always */
export function failToLock(location: string, received: string): never {
  throw new RecsysError(
    'locked',
    `runExperiment(checkpoint ${location}): expected no other run of it, received ${received}. ${LOCK_HINT}`,
  );
}
