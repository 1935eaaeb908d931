import { library } from '@footlight/tooling-tsup';

// Named, so that the worker lies beside the code that starts it, wherever its source is.
export default library(undefined, {
  entry: {
    index: 'src/index.ts',
    'parallel-read-worker': 'src/readers/parallel-read-worker.ts',
    'arquero/index': 'src/arquero/index.ts',
    'testing/index': 'src/testing/index.ts',
  },
});
