import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('spotlight/implicit-ml-100k-', 'ials');
