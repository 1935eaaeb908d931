import { tests } from '@footlight/tooling-vitest';

// Builds the whole site and opens every page in a browser, which takes a minute or two.
export default tests({ include: ['test/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 });
