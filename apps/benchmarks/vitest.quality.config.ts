import { tests } from '@footlight/tooling-vitest';

// Tests of training quality take minutes and run nightly.
export default tests({ include: ['quality/**/*.test.ts'], testTimeout: 300_000, tensors: true });
