import { tests } from '@footlight/tooling-vitest';

// Many tests run the whole program in processes of their own, and one draws all results for a browser: beside other packages' tests, on two slow processors,
// that takes minutes.
const patience = 240_000;

export default tests({
  include: ['{src,reading,engine,measuring}/**/*.test.ts'],
  testTimeout: patience,
  hookTimeout: patience,
});
