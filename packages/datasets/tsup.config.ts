import { library } from '@footlight/tooling-tsup';

// The worker lies beside the code that starts it.
export default library([
  'src/index.ts',
  'src/readers/parallel-read-worker.ts',
  'src/arquero/index.ts',
  'src/testing/index.ts',
]);
