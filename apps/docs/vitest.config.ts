import { tests } from '@footlight/tooling-vitest';

export default tests({ include: ['src/**/*.test.ts'] });
