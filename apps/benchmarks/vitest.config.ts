import { tests } from '@footlight/tooling-vitest';

export default tests({ include: ['*.test.ts', 'performance/**/*.test.ts'] });
