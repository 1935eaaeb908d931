import { tests } from '@footlight/tooling-vitest';

// What training reaches: minutes, for the nightly run.
export default tests({ include: ['quality/**/*.test.ts'], testTimeout: 300_000 });
