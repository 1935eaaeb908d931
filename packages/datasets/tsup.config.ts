import { library } from '@footlight/tooling-tsup';

export default library(['src/index.ts', 'src/second-half-worker.ts', 'src/arquero/index.ts', 'src/testing/index.ts']);
