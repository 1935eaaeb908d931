import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('mult-vae/ml-1m-2999-', 'item-knn');
