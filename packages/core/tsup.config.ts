import { library } from '@footlight/tooling-tsup';

const entry = {
  index: 'src/index.ts',
  'files/index': 'src/files/index.ts',
  'lock-file/index': 'src/lock-file/index.ts',
};

export default library(undefined, { entry });
