import { tests } from '@footlight/tooling-vitest';

export default tests({ include: ['{src,reading,engine,measuring}/**/*.test.ts'] });
