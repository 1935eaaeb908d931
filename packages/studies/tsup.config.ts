import { library } from '@footlight/tooling-tsup';

export default library(['src/index.ts', 'src/search/index.ts', 'src/redis/index.ts', 'src/workers/index.ts']);
