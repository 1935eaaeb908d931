import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('mult-vae/latest-small-', 'ials');
