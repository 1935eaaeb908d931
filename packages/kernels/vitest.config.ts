import { tests } from '@footlight/tooling-vitest';

export default tests({ include: ['test/**/*.test.ts'], pool: 'forks' });
