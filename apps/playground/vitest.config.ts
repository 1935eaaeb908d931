import { tests } from '@footlight/tooling-vitest';

export default tests({ tensors: true });
