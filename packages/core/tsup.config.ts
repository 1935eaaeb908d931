import { library } from '@footlight/tooling-tsup';

export default library(undefined, { entry: { index: 'src/index.ts', 'lock-file/index': 'src/lock-file/index.ts' } });
