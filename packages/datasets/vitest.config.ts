import { tests } from '@footlight/tooling-vitest';

export default tests({ isolated: ['src/sources/files-in-browsers.test.ts'] });
