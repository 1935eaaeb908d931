import { tests } from '@footlight/tooling-vitest';

// Some tests run the whole program in processes of their own, or draw all results for a browser.
export default tests({ tensors: true, testTimeout: 240_000, hookTimeout: 240_000 });
