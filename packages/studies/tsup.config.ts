import { library } from '@footlight/tooling-tsup';

export default library();
