import { library } from '@footlight/tooling-tsup';

export default library([
  'src/index.ts',
  'src/client/index.ts',
  'src/export/index.ts',
  'src/node/index.ts',
  'src/redis/index.ts',
]);
