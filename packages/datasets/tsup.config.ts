import { library } from '@footlight/tooling-tsup';

export default library(['src/index.ts', 'src/parallel-read-worker.ts', 'src/arquero/index.ts', 'src/testing/index.ts']);
