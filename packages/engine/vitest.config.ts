import { tests } from '@footlight/tooling-vitest';

export default tests({ tensors: true, isolated: ['src/doctor.test.ts', 'src/use-backend.test.ts'] });
