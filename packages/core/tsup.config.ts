import { library } from '@footlight/tooling-tsup';

export default library(['src/index.ts', 'src/files/index.ts', 'src/lock-file/index.ts']);
